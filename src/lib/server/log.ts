/** What the operator must know goes to standard error, one entry a call. */
export function logError(what: string, cause: unknown): void {
	const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
	process.stderr.write(`${what}\n${why}\n`);
}
