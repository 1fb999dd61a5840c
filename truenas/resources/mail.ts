import { mail } from "../model/mail.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `Mail`. */
export type MailArgs = ArgsOf<typeof mail.properties>;

/** How the appliance sends mail; its id is mail. */
export class Mail extends resourceClass(mail) {}
