/** Writes zip archives as they are told to be, true or forged: for tests of those who read them. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
	readonly name: string;
	readonly bytes: Uint8Array;
	/** Already deflated, where the inflated bytes are too many to be held: then `size` says how many they are. */
	readonly deflated?: Uint8Array;
	/** What the headers claim in place of the truth. */
	readonly size?: number;
	readonly stored?: boolean;
}

export function zipFile(parts: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
	const locals: Buffer[] = [];
	const central: Buffer[] = [];
	let at = 0;
	for (const part of parts) {
		const name = Buffer.from(part.name);
		const data = part.stored ? part.bytes : (part.deflated ?? deflateRawSync(part.bytes));
		const size = part.size ?? part.bytes.length;
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(0x800, 2);
		fields.writeUInt16LE(part.stored ? 0 : 8, 4);
		fields.writeUInt32LE(0x00210000, 6);
		fields.writeUInt32LE(crc32(part.bytes), 10);
		fields.writeUInt32LE(data.length, 14);
		fields.writeUInt32LE(size, 18);
		fields.writeUInt16LE(name.length, 22);
		locals.push(Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, data]));
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(at, 10);
		central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, name]));
		at += 30 + name.length + data.length;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(at, 16);
	return Uint8Array.from(Buffer.concat([...locals, directory, end]));
}

/** One byte, many times over, deflated: a thousand to one. */
export function deflatedRun(byte: number, count: number): Uint8Array {
	// Blocks of a run that each stand alone, ended by an empty last one.
	const block = 16_000_000;
	const part = deflateRawSync(Buffer.alloc(block, byte), { finishFlush: 2 });
	const whole = Math.floor(count / block);
	return Buffer.concat([
		...Array.from({ length: whole }, () => part),
		deflateRawSync(Buffer.alloc(count - whole * block, byte))
	]);
}
