/**
 * The shape of a picture's tree: arrays of tag, attributes and children, within limits. What the tags and attributes
 * may be is `core/chart/clear.ts`'s to say.
 */
import type { PictureNode } from '../chart/picture.ts';
import { LIMITS } from './messages.ts';
import { Malformed, type Reader } from './reader.ts';

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
