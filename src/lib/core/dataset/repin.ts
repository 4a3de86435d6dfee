/** A notebook's source that goes from one version of a dataset to another. */
import { fileNamesAt } from './file-name.ts';

/** Characters of a source to replace, by their place in the source as it stands. */
export interface SourceEdit {
	readonly at: number;
	readonly length: number;
	readonly insert: string;
}

/**
 * What makes a source that names `from` name `to`: only the characters that differ, the last place first, so that
 * each edit can be made where it says. Names that merely contain `from` are others, and stay.
 */
export function repinEdits(source: string, from: string, to: string): SourceEdit[] {
	if (from === to) return [];
	let same = 0;
	while (same < from.length && from[same] === to[same]) same++;
	let end = 0;
	const most = Math.min(from.length, to.length) - same;
	while (end < most && from.at(-1 - end) === to.at(-1 - end)) end++;
	const [length, insert] = [from.length - same - end, to.slice(same, to.length - end)];
	return fileNamesAt(source)
		.filter(({ name }) => name === from)
		.map(({ at }) => ({ at: at + same, length, insert }))
		.reverse();
}
