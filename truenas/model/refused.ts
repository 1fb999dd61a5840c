/** The provider says no by itself: nothing was sent, and the message says what to do. */
export class Refused extends Error {
  override readonly name = "Refused";
}
