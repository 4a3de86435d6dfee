/** Pauses for a worker in the middle of long work: often enough for a page to scroll on, seldom enough to be quick. */

/** Milliseconds of work between two pauses. */
const WORK = 12;

/** @returns to be called between steps: something to wait for when it is time to hear messages */
export function pauser(
	now: () => number = () => performance.now()
): () => Promise<void> | undefined {
	let last = now();
	// A message to oneself comes after those that wait, and without the delay that timers have.
	const { port1, port2 } = new MessageChannel();
	const waiting: (() => void)[] = [];
	port1.onmessage = () => waiting.shift()?.();
	return () => {
		if (now() - last < WORK) return undefined;
		return new Promise((done) => {
			waiting.push(() => {
				last = now();
				done();
			});
			port2.postMessage(null);
		});
	};
}
