import { tell } from "../../support/lifecycle-story.ts";
import { lifecyclesAbout } from "../../support/lifecycles/index.ts";

tell(lifecyclesAbout("other"));
