/** Short ways into the nodes that a reading of a cell's code looks at. */
import type { Tree } from './syntax.ts';

export const nameOf = (node: unknown): string => String((node as Tree).name);
export const tree = (node: unknown): Tree => node as Tree;
export const list = (nodes: unknown): readonly Tree[] =>
	((nodes ?? []) as (Tree | null)[]).filter((node): node is Tree => node !== null);

/** The name of a member where it is written: `a.b`, `a["b"]`; null where it is computed. */
export function memberName(node: Tree): string | null {
	const property = tree(node.property);
	if (node.computed !== true) return nameOf(property);
	return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}

/** The text that a node is where it is written out; null where it is computed, or no text. */
export function literal(node: Tree): string | null {
	if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
	if (node.type === 'TemplateLiteral' && list(node.expressions).length === 0) {
		const [quasi] = node.quasis as { value?: { cooked?: string } }[];
		return quasi?.value?.cooked ?? null;
	}
	return null;
}
