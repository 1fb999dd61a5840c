/** A secret that a site needs, and how it is recognised. */
export interface SiteSecret {
  /** The key under which it is configured, without the project's name. */
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** A made-up value of its shape. */
  readonly example: string;
  /** The bucket that it opens, as the id or, named after it, the secret half of an application key. */
  readonly opens?: string;
}
