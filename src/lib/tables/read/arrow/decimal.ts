/** Decimal numbers of Arrow: a whole number of 32 to 256 bits, to be divided by a power of ten. */
import { viewOf, type ArrowArray } from './arrow-array.ts';
import { wordsToNumber } from './epoch.ts';

/** Reads value `i` as the number of 64 bits nearest to it. */
export function decimalReader(array: ArrowArray): (i: number) => number {
	const { type } = array.field;
	if (type.kind !== 'decimal') throw new TypeError(type.kind);
	const { scale } = type;
	const count = type.bytes / 4;
	const words = viewOf(Int32Array, array.buffers[0], array.length * count);
	// Powers of ten are exact up to this one, and so is the quotient then: both are.
	const power = scale >= 0 && scale <= 22 ? 10 ** scale : 0;
	return (i) => {
		const at = i * count;
		const low = words[at] as number;
		const high = count > 1 ? (words[at + 1] as number) : low >> 31;
		let small = true;
		for (let k = 2; k < count; k++) if (words[at + k] !== high >> 31) small = false;
		const whole = wordsToNumber(low, high);
		if (power && small && Math.abs(whole) <= Number.MAX_SAFE_INTEGER) return whole / power;
		let big = BigInt(words[at + count - 1] as number);
		for (let k = count - 2; k >= 0; k--)
			big = (big << 32n) | BigInt((words[at + k] as number) >>> 0);
		return Number(`${big}e${-scale}`);
	};
}
