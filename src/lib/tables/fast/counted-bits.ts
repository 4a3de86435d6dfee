/** Arquero's bits, counted a word at a time: each filtered table counts its rows once. */
import { BitSet } from 'arquero/src/table/BitSet.js';

export class CountedBits extends BitSet {
	override count(): number {
		const { _bits: words } = this;
		let count = 0;
		for (let i = 0; i < words.length; i++) {
			let bits = words[i] as number;
			// Ones of each two bits, of each four, then of the bytes, which are added up in the highest.
			bits -= (bits >>> 1) & 0x55555555;
			bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
			bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
			count += Math.imul(bits, 0x01010101) >>> 24;
		}
		return count;
	}
}
