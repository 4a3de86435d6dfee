/** What the operator must know goes to standard error, one entry a call. */
export function logError(what: string, cause: unknown): void {
	const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
	process.stderr.write(`${what}\n${why}\n`);
}

/** What the operator may be glad to know. */
export function logNote(what: string): void {
	process.stderr.write(`${what}\n`);
}
