/**
 * Long work over many rows, in steps: each `yield` is a moment when its worker may hear messages, and says how many
 * rows were gone through since the last. Whoever runs the steps decides when to pause, and when to stop.
 */
export type Steps<T> = Generator<number, T, undefined>;

/** Rows gone through between two steps where a row costs a few nanoseconds; and where it costs a text. */
export const CHUNK = 1 << 17;
export const TEXT_CHUNK = 1 << 12;

/** Runs steps to their end, at once. */
export function finish<T>(steps: Steps<T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/**
 * Runs steps, with pauses.
 * @param pause called between steps; a promise is awaited, and what it throws ends the work
 * @param progress told the rows gone through since the beginning
 */
export async function runSteps<T>(
	steps: Steps<T>,
	pause: () => Promise<void> | undefined,
	progress?: (rows: number) => void
): Promise<T> {
	let rows = 0;
	try {
		for (;;) {
			const step = steps.next();
			if (step.done) return step.value;
			rows += step.value;
			const wait = pause();
			if (wait) {
				progress?.(rows);
				await wait;
			}
		}
	} finally {
		// Work that is given up lets go of what it held.
		steps.return(undefined as T);
	}
}
