/**
 * What a zip file says it holds, from the directory at its end (ZIP64 too). Nothing that it says is believed: places
 * are checked against the bytes that are there, entries may not share bytes, and sizes are only ever hints.
 * Layout: PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16.
 */
import { InvalidError } from '../../../core/errors.ts';
import { invalidUtf8At } from '../../utf8.ts';

export interface ZipEntry {
	/** As the directory has it, with `/` between folders. Only ever a label: nothing is written to a disk. */
	readonly name: string;
	/** Of compression; 0 is none, 8 is deflate. */
	readonly method: number;
	readonly encrypted: boolean;
	readonly crc: number;
	/** What it says it is once inflated: a hint. */
	readonly size: number;
	/** Its bytes in the file: `bytes[start .. end)`. */
	readonly start: number;
	readonly end: number;
}

/** Entries that one file may have; a workbook has tens. */
export const MAX_ENTRIES = 20_000;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;

const damaged = (why: string): InvalidError => new InvalidError('file_damaged', { why });

/** Whether the bytes begin as a zip file does, or are one that holds nothing. */
export const isZip = (bytes: Uint8Array): boolean =>
	bytes[0] === 0x50 &&
	bytes[1] === 0x4b &&
	((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/**
 * The entries, in the order of the directory. Of two with one name the later stands, as when the file is unpacked.
 * @throws InvalidError `file_damaged` (why), `file_zip_bomb` for entries that share bytes or are past counting
 */
export function readZipEntries(bytes: Uint8Array): ZipEntry[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const directory = findDirectory(view);
	if (directory.count > MAX_ENTRIES) throw new InvalidError('file_zip_bomb');
	const byName = new Map<string, ZipEntry>();
	const spans: [start: number, end: number][] = [];
	let at = directory.start;
	for (let n = 0; n < directory.count; n++) {
		if (at + 46 > directory.end || view.getUint32(at, true) !== CENTRAL)
			throw damaged('directory entry');
		const flags = view.getUint16(at + 8, true);
		const nameLength = view.getUint16(at + 28, true);
		const extraLength = view.getUint16(at + 30, true);
		const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
		if (next > directory.end) throw damaged('directory entry');
		const sizes = readSizes(view, at, at + 46 + nameLength, extraLength);
		const local = sizes.offset + directory.shift;
		if (local + 30 > directory.start || view.getUint32(local, true) !== LOCAL)
			throw damaged('entry');
		const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
		const end = start + sizes.compressed;
		if (end > directory.start) throw damaged('entry past the directory');
		const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength), (flags & 0x800) !== 0);
		spans.push([local, end]);
		byName.delete(name);
		byName.set(name, {
			name,
			method: view.getUint16(at + 10, true),
			encrypted: (flags & 0x41) !== 0,
			crc: view.getUint32(at + 16, true),
			size: sizes.size,
			start,
			end
		});
		at = next;
	}
	spans.sort((a, b) => a[0] - b[0]);
	// Entries that share bytes let a small file inflate to terabytes.
	for (let i = 1; i < spans.length; i++)
		if ((spans[i]?.[0] ?? 0) < (spans[i - 1]?.[1] ?? 0)) throw new InvalidError('file_zip_bomb');
	return [...byName.values()];
}

interface Directory {
	readonly start: number;
	readonly end: number;
	readonly count: number;
	/** What precedes the zip in the file: places are told from its own beginning. */
	readonly shift: number;
}

function findDirectory(view: DataView): Directory {
	const length = view.byteLength;
	// The end record is 22 bytes and a comment of at most 65 535.
	for (let at = length - 22; at >= 0 && at >= length - 22 - 0xffff; at--) {
		if (view.getUint32(at, true) !== END) continue;
		if (at + 22 + view.getUint16(at + 20, true) > length) continue;
		let count = view.getUint16(at + 10, true);
		let size = view.getUint32(at + 12, true);
		let offset = view.getUint32(at + 16, true);
		let end = at;
		if (at >= 20 && view.getUint32(at - 20, true) === LOCATOR_64) {
			const told = big(view, at - 12);
			// What precedes the zip moves the record; it then lies right before its locator.
			const place = isEnd64(view, told) ? told : at - 76;
			if (!isEnd64(view, place)) throw damaged('ZIP64 end');
			count = big(view, place + 32);
			size = big(view, place + 40);
			offset = big(view, place + 48);
			end = place;
		}
		const start = end - size;
		const shift = start - offset;
		if (start < 0 || shift < 0) throw damaged('directory');
		return { start, end, count, shift };
	}
	throw damaged('no directory');
}

const isEnd64 = (view: DataView, at: number): boolean =>
	at >= 0 && at + 56 <= view.byteLength && view.getUint32(at, true) === END_64;

/** Past 2^53 no file goes: what is lost of such a number is caught by the check against the file's length. */
const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Sizes and place, from the extra field where they are too large for their own (4.5.3). */
function readSizes(
	view: DataView,
	at: number,
	extra: number,
	extraLength: number
): { compressed: number; size: number; offset: number } {
	let compressed = view.getUint32(at + 20, true);
	let size = view.getUint32(at + 24, true);
	let offset = view.getUint32(at + 42, true);
	if (compressed !== 0xffffffff && size !== 0xffffffff && offset !== 0xffffffff)
		return { compressed, size, offset };
	const end = extra + extraLength;
	for (let field = extra; field + 4 <= end;) {
		const next = field + 4 + view.getUint16(field + 2, true);
		if (view.getUint16(field, true) === 1 && next <= end) {
			let place = field + 4;
			const take = (): number => {
				if (place + 8 > next) throw damaged('ZIP64 sizes');
				place += 8;
				return big(view, place - 8);
			};
			if (size === 0xffffffff) size = take();
			if (compressed === 0xffffffff) compressed = take();
			if (offset === 0xffffffff) offset = take();
			break;
		}
		field = next;
	}
	return { compressed, size, offset };
}

/** What bytes 128 to 255 are in names that are not UTF-8: code page 437, whose French letters page 850 has too. */
const OLD_LETTERS =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';

function nameOf(bytes: Uint8Array, utf8: boolean): string {
	const name =
		utf8 || invalidUtf8At(bytes) < 0
			? new TextDecoder().decode(bytes)
			: Array.from(bytes, (byte) =>
					byte < 128 ? String.fromCharCode(byte) : OLD_LETTERS.charAt(byte - 128)
				).join('');
	// eslint-disable-next-line no-control-regex -- a label that people see
	return name.replaceAll('\\', '/').replace(/[\x00-\x1f\x7f]/g, ' ');
}
