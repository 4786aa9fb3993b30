/** Somebody changed their mind: an action ended that nobody has to be told of. */
export class Cancelled extends Error {}
