/** What people were told is kept, held against what is on the disk. */
import type { FromClients } from './messages.ts';

interface Written {
	acknowledged: boolean;
	/** Taken away: asked for, or acknowledged. */
	dropped: 'no' | 'asked' | 'acknowledged';
}

export interface Verdict {
	/** Tokens that their writers were told are on disk, and are not. */
	readonly lost: readonly string[];
	/** Tokens that are there more than once. */
	readonly doubled: readonly string[];
	/** Tokens whose writers were told that they are gone, and are not. */
	readonly returned: readonly string[];
	/** Tokens that nobody wrote. */
	readonly foreign: readonly string[];
}

export class Ledger {
	readonly #tokens = new Map<string, Written>();
	/** Of each writer: edits in order, and how many were acknowledged. */
	readonly #writers: { made: FromClients['writers'][number]['made'][number][]; told: number }[] = [];

	get acknowledged(): number {
		return this.#writers.reduce((sum, { told }) => sum + told, 0);
	}
	get made(): number {
		return this.#writers.reduce((sum, { made }) => sum + made.length, 0);
	}

	/** @param first number of the first writer of the process that reports */
	take(first: number, report: FromClients): void {
		report.writers.forEach(({ made, acknowledged }, i) => {
			const writer = (this.#writers[first + i] ??= { made: [], told: 0 });
			writer.made.push(...made);
			for (const edit of made)
				if ('put' in edit)
					this.#tokens.set(edit.put, { acknowledged: false, dropped: 'no' });
				else for (const token of edit.drop) this.#of(token).dropped = 'asked';
			for (; writer.told < acknowledged; writer.told++) {
				const edit = writer.made[writer.told];
				if (!edit) throw new Error('an edit was acknowledged before it was made');
				if ('put' in edit) this.#of(edit.put).acknowledged = true;
				else for (const token of edit.drop) this.#of(token).dropped = 'acknowledged';
			}
		});
	}

	#of(token: string): Written {
		const written = this.#tokens.get(token);
		if (!written) throw new Error(`nobody wrote ${token}`);
		return written;
	}

	/** @param texts all the sources on the disk */
	judge(texts: Iterable<string>): Verdict {
		const counts = new Map<string, number>();
		for (const text of texts)
			for (const [token] of text.matchAll(/<[0-9]+\.[0-9]+>/g))
				counts.set(token, (counts.get(token) ?? 0) + 1);
		const lost: string[] = [];
		const returned: string[] = [];
		for (const [token, { acknowledged, dropped }] of this.#tokens) {
			const there = counts.has(token);
			if (acknowledged && dropped === 'no' && !there) lost.push(token);
			if (dropped === 'acknowledged' && there) returned.push(token);
		}
		const all = [...counts];
		return {
			lost,
			returned,
			doubled: all.filter(([, n]) => n > 1).map(([token]) => token),
			foreign: all.filter(([token]) => !this.#tokens.has(token)).map(([token]) => token)
		};
	}
}
