import { configurationCopiesCanBeOpened } from "../../../policies/protection/configuration-copies-can-be-opened.ts";
import { pool, site } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const says = (appliance: string) =>
  `site "home" copies the configuration of ${appliance} for a certificate whose private key nobody confirmed to hold`;

testRule(configurationCopiesCanBeOpened, {
  violates: [[[site({ unconfirmedCopies: ["nas", "vault"] })], says("nas"), says("vault")]],
  complies: [[site({ unconfirmedCopies: [] })]],
  ignores: [[pool("tank")]],
  undecided: "never",
});
