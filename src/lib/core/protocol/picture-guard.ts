/**
 * The shape of a picture's tree: arrays of tag, attributes and children, within limits. What the tags and attributes
 * may be is `core/chart/clear.ts`'s to say. And the shape of its tips, which hold together or are refused.
 */
import { clearValue } from '../chart/clear-values.ts';
import type { PictureNode } from '../chart/picture.ts';
import { ANCHOR_LIMITS } from '../annotation/anchor.ts';
import {
	LIMITS,
	type PictureTips,
	type TipDirection,
	type TipKey,
	type TipLayer
} from './messages.ts';
import { Malformed, type Reader } from './reader.ts';
import { readKeyValue } from './row-anchors.ts';

export function readTree(r: Reader, value: unknown): PictureNode {
	let nodes = 0;
	let bytes = 0;

	function text(v: unknown): string {
		const out = r.text(v, LIMITS.pictureBytes);
		bytes += out.length;
		if (bytes > LIMITS.pictureBytes) throw new Malformed('pictureBytes');
		return out;
	}

	function node(v: unknown): PictureNode {
		if (++nodes > LIMITS.pictureNodes) throw new Malformed('pictureNodes');
		if (typeof v === 'string') return text(v);
		if (!Array.isArray(v) || v.length < 2) throw new Malformed('node');
		if (v.length > LIMITS.pictureNodes) throw new Malformed('pictureNodes');
		return r.deeper(() => {
			const tag = text(v[0]);
			const entries = Object.entries(r.record(v[1]));
			if (entries.length > 100) throw new Malformed('attributes');
			const attributes = entries.map(([key, each]) => [text(key), text(each)] as const);
			const children: PictureNode[] = [];
			for (let i = 2; i < v.length; i++) children.push(node(v[i]));
			return [tag, Object.fromEntries(attributes), ...children];
		});
	}
	return node(value);
}

const DIRECTIONS: readonly TipDirection[] = ['x', 'y', 'xy'];
/** Drawings are no larger than `core/chart/clear-values.ts` lets them be. */
const MAX_SIZE = 20_000;

/** @param tree the picture that they are the tips of */
export function readTips(r: Reader, value: unknown, tree: PictureNode): PictureTips | null {
	if (value === null) return null;
	const m = r.record(value);
	const part = r.count(m.part);
	if (typeof tree === 'string' || part >= tree.length - 2) throw new Malformed('part');
	const side = (v: unknown): number => within(r.number(v), MAX_SIZE);
	const [width, height] = [side(m.width), side(m.height)];
	let points = 0;
	const layers = r.list(m.layers, LIMITS.tipLayers, (_, v) => {
		const layer = readLayer(r, v, width, height);
		points += layer.x.length;
		if (points > LIMITS.tipPoints) throw new Malformed('tipPoints');
		return layer;
	});
	return { part, width, height, left: r.count(m.left), layers };
}

/** From 0 to `max`; what is no number at all is in no such range. */
function within(value: number, max: number): number {
	if (!(value >= 0 && value <= max)) throw new Malformed('position');
	return value;
}

function readLayer(r: Reader, value: unknown, width: number, height: number): TipLayer {
	const m = r.record(value);
	const positions = (v: unknown, max: number) =>
		r.list(v, LIMITS.tipPoints, (_, each) => within(r.number(each), max));
	const x = positions(m.x, width);
	const count = x.length;
	const of = <T>(list: T[], may: 'be empty' | 'not'): T[] => {
		if (list.length !== count && !(may === 'be empty' && list.length === 0))
			throw new Malformed('tip length');
		return list;
	};
	const y = of(positions(m.y, height), 'not');
	const w = of(positions(m.w, 2 * MAX_SIZE), 'be empty');
	const h = of(positions(m.h, 2 * MAX_SIZE), 'be empty');
	if (w.length !== h.length) throw new Malformed('tip length');

	const starts = r.list(m.starts, count, (_, v) => r.count(v));
	for (const [at, start] of starts.entries())
		if (at === 0 ? start !== 0 : start <= (starts[at - 1] ?? 0) || start >= count)
			throw new Malformed('series');
	if (count > 0 && starts.length === 0) throw new Malformed('series');

	const text = (_: Reader, v: unknown) => r.text(v, LIMITS.textChars);
	const lines = r.list(m.lines, LIMITS.tipLines, (_, v) => {
		const line = r.record(v);
		return {
			label: text(r, line.label),
			texts: of(r.list(line.texts, count, text), 'not'),
			colors: of(r.list(line.colors, count, color), 'be empty')
		};
	});
	return {
		...{ mark: r.text(m.mark, 1_000), by: r.one(m.by, DIRECTIONS), starts },
		...{ x, y, w, h, lines },
		...(m.keys !== undefined && {
			keys: r.list(m.keys, ANCHOR_LIMITS.keys, (_, v) => key(r, v, count))
		})
	};
}

/** @param count points of its layer */
function key(r: Reader, value: unknown, count: number): TipKey {
	const m = r.record(value);
	const values = r.list(m.values, count, readKeyValue);
	const codes = r.list(m.codes, count, (_, v) => {
		const code = r.count(v);
		if (code >= values.length) throw new Malformed('code');
		return code;
	});
	if (codes.length !== count) throw new Malformed('key length');
	return { column: r.text(m.column, ANCHOR_LIMITS.column), values, codes };
}

/** A plain colour: it ends in a style of the page. Of another, no colour is shown. */
function color(r: Reader, value: unknown): string {
	return clearValue('color', r.text(value, 500), 'shape', '') ?? '';
}
