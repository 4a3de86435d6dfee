/** What stands beside what, of the pieces of a document that were put back so far (woven-state). */
import * as Y from 'yjs';

interface Node {
	readonly client: number;
	readonly clock: number;
	readonly length: number;
	before: Node | null;
	after: Node | null;
}

/** The pieces put back so far, as they stand. Whoever writes and whoever reads build the same. */
export class Cloth {
	/** By client, in the order of their clocks. */
	readonly #pieces = new Map<number, Node[]>();

	/** What stands right of it; undefined where it is inside of a piece, or not there. */
	rightOf(left: Y.ID): Y.ID | null | undefined {
		const node = this.#pieceAt(left);
		if (!node || node.clock + node.length - 1 !== left.clock) return undefined;
		return node.after ? Y.createID(node.after.client, node.after.clock) : null;
	}

	add(client: number, clock: number, length: number, left: Y.ID | null, right: Y.ID | null): void {
		const node: Node = { client, clock, length, before: null, after: null };
		const own = this.#pieces.get(client);
		if (own) own.push(node);
		else this.#pieces.set(client, [node]);
		if (left) {
			node.before = this.#pieceAt(left);
			node.after = node.before?.after ?? null;
		} else if (right) {
			node.after = this.#pieceAt(right);
			node.before = node.after?.before ?? null;
		}
		if (node.before) node.before.after = node;
		if (node.after) node.after.before = node;
	}

	#pieceAt({ client, clock }: Y.ID): Node | null {
		const own = this.#pieces.get(client) ?? [];
		let low = 0;
		for (let high = own.length; low < high;) {
			const middle = (low + high) >>> 1;
			if ((own[middle]?.clock ?? Infinity) <= clock) low = middle + 1;
			else high = middle;
		}
		const node = own[low - 1];
		return node && clock < node.clock + node.length ? node : null;
	}
}
