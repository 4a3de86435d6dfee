/**
 * The shape of a chart that an anchor names, found by the values of its keys: in another order, another kind of chart,
 * another size, it is the same one.
 */
import type { TipKey, TipLayer } from '../protocol/messages.ts';
import type { Anchor, KeyPart } from './anchor.ts';
import { keyText } from './key-value.ts';

export type MarkAnchor = Extract<Anchor, { kind: 'mark' }>;

export interface FoundMark {
	/** Which layer, and which of its points. */
	readonly layer: number;
	readonly at: number;
	/** Others have the same keys. */
	readonly several: boolean;
	/** It is drawn by the kind of mark that the anchor names. */
	readonly same: boolean;
}

/** What the point of a layer is, by values; empty where it has no keys. */
export const keysAt = (layer: TipLayer, at: number): KeyPart[] =>
	(layer.keys ?? []).map(({ column, values, codes }) => ({
		column,
		value: values[codes[at] ?? 0] ?? null
	}));

/** Null: no shape has these keys. A shape may have more of them than the anchor names, never fewer. */
export function findMark(
	layers: readonly TipLayer[],
	{ mark, keys }: Pick<MarkAnchor, 'mark' | 'keys'>
): FoundMark | null {
	if (keys.length === 0) return null;
	let found: FoundMark | null = null;
	for (const [layer, told] of layers.entries()) {
		const same = told.mark === mark;
		if (found && (found.same || !same)) continue;
		const wanted = codesOf(told.keys ?? [], keys);
		if (!wanted) continue;
		const places = told.x
			.map((_, at) => at)
			.filter((at) => wanted.every(({ codes, code }) => codes[at] === code));
		const [at] = places;
		if (at !== undefined) found = { layer, at, several: places.length > 1, same };
	}
	return found;
}

/** For each part of a key, its column's codes and the one that stands for its value; null where there is none. */
function codesOf(
	told: readonly TipKey[],
	keys: readonly KeyPart[]
): { codes: readonly number[]; code: number }[] | null {
	const out: { codes: readonly number[]; code: number }[] = [];
	for (const { column, value } of keys) {
		const key = told.find((each) => each.column === column);
		const text = keyText(value);
		const code = key?.values.findIndex((each) => keyText(each) === text) ?? -1;
		if (!key || code < 0) return null;
		out.push({ codes: key.codes, code });
	}
	return out;
}
