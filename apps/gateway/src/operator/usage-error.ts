/** The caller of a command line wrote something that cannot be meant. */
export class UsageError extends Error {}
