/**
 * Notices that something changed in a workshop while its page is open: who came, who sits where, which starters
 * there are. It asks a small address now and then, only while the page is seen; a network that fails is asked again.
 */

const EVERY_MS = 10_000;

/** Calls `changed` after each change; answers what stops it. */
export function watchWorkshop(workshopId: string, changed: () => void): () => void {
	const address = `/api/workshops/${encodeURIComponent(workshopId)}/people`;
	const ending = new AbortController();
	let last: string | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let asking = false;

	async function ask(): Promise<void> {
		clearTimeout(timer);
		if (asking || ending.signal.aborted) return;
		asking = true;
		try {
			const answer = await fetch(address, { signal: ending.signal });
			// 404: the person is of the workshop no more, which the page must say.
			if (answer.ok || answer.status === 404) {
				const text = answer.ok ? await answer.text() : '';
				if (last !== null && text !== last) changed();
				last = text;
			}
		} catch {
			// Interrupted: the next time will tell.
		} finally {
			asking = false;
			if (!ending.signal.aborted && !document.hidden)
				timer = setTimeout(() => void ask(), EVERY_MS);
		}
	}

	document.addEventListener('visibilitychange', () => void (document.hidden || ask()), {
		signal: ending.signal
	});
	void ask();
	return () => {
		ending.abort();
		clearTimeout(timer);
	};
}
