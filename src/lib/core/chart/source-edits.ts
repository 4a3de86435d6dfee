/** Changes to a source that touch nothing but what changes: entries of objects and of lists, put in and taken out. */
import type { Tree } from '../analysis/syntax.ts';
import type { TextEdit } from '../pipeline/step.ts';

export class SourceEdits {
	readonly #source: string;
	readonly #edits: TextEdit[] = [];

	constructor(source: string) {
		this.#source = source;
	}

	replace(from: number, to: number, insert: string): void {
		this.#edits.push({ at: from, length: to - from, insert });
	}
	replaceNode({ start, end }: Tree, insert: string): void {
		this.replace(start, end, insert);
	}

	/** Spaces at the beginning of the line where something stands, in steps of two. */
	depthAt(at: number): number {
		const line = this.#source.slice(this.#source.lastIndexOf('\n', at - 1) + 1, at);
		const indent = /^\s*/.exec(line)?.[0] ?? '';
		return Math.floor(indent.replace(/\t/g, '  ').length / 2);
	}
	#indentAt(at: number): string {
		const line = this.#source.slice(this.#source.lastIndexOf('\n', at - 1) + 1, at);
		return /^\s*/.exec(line)?.[0] ?? '';
	}
	/** Whether only spaces stand before it on its line. */
	beginsLine(at: number): boolean {
		return /(^|\n)[ \t]*$/.test(this.#source.slice(0, at));
	}

	/**
	 * Puts entries after one of a list's (null: before the first).
	 * @param print an entry's text, given how deep its line stands
	 */
	insert(
		list: Tree,
		entries: readonly Tree[],
		after: Tree | null,
		prints: readonly ((depth: number) => string)[]
	): void {
		const [first] = entries;
		const sibling = after ?? first;
		if (!sibling) {
			const open = list.start + 1;
			const depth = this.depthAt(list.start);
			this.replace(open, open, prints.map((print) => print(depth)).join(', '));
			return;
		}
		const own = this.beginsLine(sibling.start);
		const depth = this.depthAt(sibling.start);
		const gap = own ? `,\n${this.#indentAt(sibling.start)}` : ', ';
		const texts = prints.map((print) => print(depth));
		if (after) this.replace(after.end, after.end, texts.map((text) => gap + text).join(''));
		else this.replace(sibling.start, sibling.start, texts.map((text) => text + gap).join(''));
	}

	/** Takes entries out of a list, with the commas and the lines that they leave empty. */
	remove(entries: readonly Tree[], gone: ReadonlySet<Tree>): void {
		const ended = this.#removeEnd(entries, gone);
		for (const [at, entry] of entries.slice(0, ended).entries()) {
			if (!gone.has(entry)) continue;
			const next = entries[at + 1];
			const before = entries.slice(0, at).findLast((one) => !gone.has(one));
			const between = this.#source.slice(entry.end, next?.start ?? entry.end);
			const comma = /^\s*,/.exec(this.#source.slice(entry.end))?.[0];
			if (!comma && !next) {
				// The last: the comma before it goes too, where nothing else stands between.
				const gap = before && this.#source.slice(before.end, entry.start);
				if (before && gap !== undefined && /^[\s,]*$/.test(gap))
					this.replace(before.end, entry.end, '');
				else this.replace(entry.start, entry.end, '');
				continue;
			}
			let end = entry.end + (comma?.length ?? 0);
			let start = entry.start;
			const rest = /^[ \t]*(\r?\n)?/.exec(this.#source.slice(end))?.[0] ?? '';
			if (this.beginsLine(start) && rest.endsWith('\n')) {
				start = this.#source.lastIndexOf('\n', start - 1) + 1;
				end += rest.length;
			} else if (/^\s*,\s*$/.test(between)) end = entry.end + between.length;
			else if (comma) end += rest.trimEnd() === '' && !rest.includes('\n') ? rest.length : 0;
			this.replace(start, end, '');
		}
	}

	/**
	 * Takes out the last entries of a list that ends without a comma, with the one before them, where nothing else stands
	 * between; answers how many entries are left to look at.
	 */
	#removeEnd(entries: readonly Tree[], gone: ReadonlySet<Tree>): number {
		const stays = entries.findLastIndex((entry) => !gone.has(entry));
		const [before, last] = [entries[stays], entries.at(-1)];
		if (!before || !last || stays === entries.length - 1) return entries.length;
		const gaps = entries
			.slice(stays)
			.map((entry, i, all) => this.#source.slice(entry.end, all[i + 1]?.start ?? entry.end));
		const comma = /^\s*,/.test(this.#source.slice(last.end));
		if (comma || !gaps.every((gap) => /^[\s,]*$/.test(gap))) return entries.length;
		this.replace(before.end, last.end, '');
		return stays + 1;
	}

	/** In their order, none touching another. */
	list(): TextEdit[] {
		const sorted = this.#edits
			.map((edit, order) => ({ ...edit, order }))
			.sort((a, b) => a.at - b.at || a.length - b.length || a.order - b.order);
		const out: TextEdit[] = [];
		for (const { at, length, insert } of sorted) {
			const last = out.at(-1);
			if (last && at <= last.at + last.length) {
				const end = Math.max(last.at + last.length, at + length);
				out[out.length - 1] = { at: last.at, length: end - last.at, insert: last.insert + insert };
			} else out.push({ at, length, insert });
		}
		return out;
	}
}

/** The source with the edits made. */
export const applyEdits = (source: string, edits: readonly TextEdit[]): string =>
	edits.reduceRight(
		(text, { at, length, insert }) => text.slice(0, at) + insert + text.slice(at + length),
		source
	);
