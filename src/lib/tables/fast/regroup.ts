/** Groups after a filter: those that have no row left go, the others keep their order and their first row. */
import type { Groups } from './groupby.ts';

export function regrouped(groups: Groups, words: Uint32Array): Groups {
	const { keys, rows, size } = groups;
	const met = new Uint8Array(size);
	let count = 0;
	each(words, (row) => {
		const group = keys[row] as number;
		if (met[group] === 0) {
			met[group] = 1;
			count++;
		}
	});
	if (count === size) return groups;
	const moved = new Uint32Array(size);
	const first: number[] = [];
	for (let group = 0; group < size; group++)
		if (met[group] === 1) moved[group] = first.push(rows[group] as number) - 1;
	const made = new Uint32Array(keys.length);
	each(words, (row) => (made[row] = moved[keys[row] as number] as number));
	return { ...groups, keys: made, rows: first, size: first.length };
}

function each(words: Uint32Array, visit: (row: number) => void): void {
	for (let w = 0; w < words.length; w++) {
		let bits = words[w] as number;
		while (bits !== 0) {
			const place = Math.clz32(bits);
			bits &= ~(0x80000000 >>> place);
			visit((w << 5) + place);
		}
	}
}
