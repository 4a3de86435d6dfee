/** The fields of an Arrow schema, read under suspicion: depth and number are bounded before anything follows them. */
import { Date as FbDate } from 'apache-arrow/fb/date';
import { Decimal as FbDecimal } from 'apache-arrow/fb/decimal';
import { Duration as FbDuration } from 'apache-arrow/fb/duration';
import type { Field as FbField } from 'apache-arrow/fb/field';
import { FixedSizeBinary as FbFixedSizeBinary } from 'apache-arrow/fb/fixed-size-binary';
import { FixedSizeList as FbFixedSizeList } from 'apache-arrow/fb/fixed-size-list';
import { FloatingPoint as FbFloat } from 'apache-arrow/fb/floating-point';
import { Int as FbInt } from 'apache-arrow/fb/int';
import { Interval as FbInterval } from 'apache-arrow/fb/interval';
import type { Schema as FbSchema } from 'apache-arrow/fb/schema';
import { Time as FbTime } from 'apache-arrow/fb/time';
import { Timestamp as FbTimestamp } from 'apache-arrow/fb/timestamp';
import { Type } from 'apache-arrow/fb/type';
import { Union as FbUnion } from 'apache-arrow/fb/union';
import { Encoding } from 'flatbuffers';
import { InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import { VALUE_TYPE_KEY } from '../../column.ts';

/** Seconds, and their thousandths: how many make one second. */
export type PerSecond = 1 | 1e3 | 1e6 | 1e9;

export type ArrowType =
	| { readonly kind: 'null' }
	| { readonly kind: 'bool' }
	| { readonly kind: 'int'; readonly bytes: 1 | 2 | 4 | 8; readonly signed: boolean }
	| { readonly kind: 'float'; readonly bytes: 2 | 4 | 8 }
	| { readonly kind: 'decimal'; readonly bytes: 4 | 8 | 16 | 32; readonly scale: number }
	| { readonly kind: 'date'; readonly bytes: 4 | 8 }
	| { readonly kind: 'time'; readonly bytes: 4 | 8; readonly perSecond: PerSecond }
	| {
			readonly kind: 'timestamp';
			readonly bytes: 8;
			readonly perSecond: PerSecond;
			readonly zoned: boolean;
	  }
	| { readonly kind: 'duration'; readonly bytes: 8; readonly perSecond: PerSecond }
	/** Offsets of 4 or 8 bytes; 0: views of 16 bytes. */
	| { readonly kind: 'text' | 'binary'; readonly offsets: 0 | 4 | 8 }
	/** Values of a width that nothing here reads. */
	| { readonly kind: 'opaque'; readonly bytes: number }
	/** Offsets of 4 or 8 bytes; 0: `size` elements each. */
	| { readonly kind: 'list' | 'map'; readonly offsets: 0 | 4 | 8; readonly size: number }
	| { readonly kind: 'struct' }
	/** Only gone past: so many buffers of its own, before those of its children. */
	| { readonly kind: 'other'; readonly buffers: 0 | 1 | 2 | 3; readonly validity: boolean };

export interface ArrowField {
	readonly name: string;
	readonly type: ArrowType;
	readonly children: readonly ArrowField[];
	/** Its values are codes of a dictionary, whose values are of `type`. */
	readonly dictionary: { readonly id: bigint; readonly codes: IntType } | null;
	/** What its values are, where a table of ours says so (`carnet:type`); not to be believed as it stands. */
	readonly valueType: string | null;
}
export type IntType = Extract<ArrowType, { kind: 'int' }>;

/** Fields within one another, and in all. */
const MAX_DEPTH = 24;
const MAX_FIELDS = 4 * ARROW_LIMITS.columns;

/** Why a file was refused is told in the log; people read one sentence. */
export const unreadable = (why: string): InvalidError => new InvalidError('arrow_file', { why });

/**
 * @param available bytes that the schema lies in
 * @throws InvalidError `arrow_file`, `table_too_wide` (max)
 */
export function readFields(schema: FbSchema, available: number): ArrowField[] {
	if (schema.endianness() !== 0) throw unreadable('endianness');
	const count = { fields: 0 };
	const length = schema.fieldsLength();
	if (length < 1 || length * 4 > available) throw unreadable('fields');
	return Array.from({ length }, (_, i) => readField(schema.fields(i), available, 0, count));
}

function readField(
	field: FbField | null,
	available: number,
	depth: number,
	count: { fields: number }
): ArrowField {
	if (!field || depth > MAX_DEPTH) throw unreadable('field');
	if (++count.fields > MAX_FIELDS)
		throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
	const length = field.childrenLength();
	if (length < 0 || length * 4 > available) throw unreadable('children');
	const children = Array.from({ length }, (_, i) =>
		readField(field.children(i), available, depth + 1, count)
	);
	const type = typeOf(field);
	const expected = type.kind === 'list' || type.kind === 'map' ? 1 : null;
	if (expected !== null && length !== expected) throw unreadable('children');
	const encoding = field.dictionary();
	let dictionary: ArrowField['dictionary'] = null;
	if (encoding) {
		const index = encoding.indexType();
		// Absent: 32 bits, signed.
		const codes: ArrowType = index ? intOf(index) : { kind: 'int', bytes: 4, signed: true };
		dictionary = { id: encoding.id(), codes };
	}
	const name = textOf(field.name(Encoding.UTF8_BYTES), MAX_NAME);
	return { name, type, children, dictionary, valueType: valueTypeOf(field) };
}

/** Bytes of a name that are read: more than any column keeps. */
const MAX_NAME = 8 * ARROW_LIMITS.nameLength;

/** A text of the schema, or its beginning: fields can all point at one, which is decoded as often. */
function textOf(bytes: string | Uint8Array | null, most: number): string {
	if (bytes === null || typeof bytes === 'string') return bytes?.slice(0, most) ?? '';
	let end = Math.min(bytes.length, most);
	// Not in the middle of a character.
	if (end < bytes.length) while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end));
}

/** Metadata looked at: a field of ours has one entry. */
const MAX_METADATA = 20;
const VALUE_TYPE = new TextEncoder().encode(VALUE_TYPE_KEY);
/** Bytes of the longest value type, and more. */
const MAX_VALUE_TYPE = 64;

const isValueTypeKey = (key: string | Uint8Array | null | undefined): boolean =>
	key instanceof Uint8Array &&
	key.length === VALUE_TYPE.length &&
	VALUE_TYPE.every((byte, i) => key[i] === byte);

function valueTypeOf(field: FbField): string | null {
	for (let i = 0; i < Math.min(field.customMetadataLength(), MAX_METADATA); i++) {
		const entry = field.customMetadata(i);
		if (entry && isValueTypeKey(entry.key(Encoding.UTF8_BYTES)))
			return textOf(entry.value(Encoding.UTF8_BYTES), MAX_VALUE_TYPE);
	}
	return null;
}

function intOf(int: FbInt): IntType {
	const bytes = int.bitWidth() / 8;
	if (bytes !== 1 && bytes !== 2 && bytes !== 4 && bytes !== 8) throw unreadable('integer');
	return { kind: 'int', bytes, signed: int.isSigned() };
}

const perSecond = (unit: number): PerSecond => {
	const units = [1, 1e3, 1e6, 1e9] as const;
	const found = units[unit];
	if (!found) throw unreadable('unit');
	return found;
};

function typeOf(field: FbField): ArrowType {
	const as = <T>(holder: T): T => {
		const found = field.type(holder) as T | null;
		if (!found) throw unreadable('type');
		return found;
	};
	switch (field.typeType()) {
		case Type.Null:
			return { kind: 'null' };
		case Type.Bool:
			return { kind: 'bool' };
		case Type.Int:
			return intOf(as(new FbInt()));
		case Type.FloatingPoint: {
			const bytes = ([2, 4, 8] as const)[as(new FbFloat()).precision()];
			if (!bytes) throw unreadable('float');
			return { kind: 'float', bytes };
		}
		case Type.Decimal: {
			const decimal = as(new FbDecimal());
			const bytes = decimal.bitWidth() / 8;
			const scale = decimal.scale();
			if (bytes !== 4 && bytes !== 8 && bytes !== 16 && bytes !== 32) throw unreadable('decimal');
			if (Math.abs(scale) > 100) throw unreadable('decimal');
			return { kind: 'decimal', bytes, scale };
		}
		case Type.Date:
			return { kind: 'date', bytes: as(new FbDate()).unit() === 0 ? 4 : 8 };
		case Type.Time: {
			const time = as(new FbTime());
			const bytes = time.bitWidth() === 64 ? 8 : 4;
			return { kind: 'time', bytes, perSecond: perSecond(time.unit()) };
		}
		case Type.Timestamp: {
			const timestamp = as(new FbTimestamp());
			return {
				kind: 'timestamp',
				bytes: 8,
				perSecond: perSecond(timestamp.unit()),
				zoned: (timestamp.timezone(Encoding.UTF8_BYTES)?.length ?? 0) > 0
			};
		}
		case Type.Duration:
			return { kind: 'duration', bytes: 8, perSecond: perSecond(as(new FbDuration()).unit()) };
		case Type.Utf8:
			return { kind: 'text', offsets: 4 };
		case Type.LargeUtf8:
			return { kind: 'text', offsets: 8 };
		case Type.Utf8View:
			return { kind: 'text', offsets: 0 };
		case Type.Binary:
			return { kind: 'binary', offsets: 4 };
		case Type.LargeBinary:
			return { kind: 'binary', offsets: 8 };
		case Type.BinaryView:
			return { kind: 'binary', offsets: 0 };
		case Type.FixedSizeBinary:
			return { kind: 'opaque', bytes: widthOf(as(new FbFixedSizeBinary()).byteWidth()) };
		case Type.Interval:
			return { kind: 'opaque', bytes: [4, 8, 16][as(new FbInterval()).unit()] ?? 0 };
		case Type.List:
			return { kind: 'list', offsets: 4, size: 0 };
		case Type.LargeList:
			return { kind: 'list', offsets: 8, size: 0 };
		case Type.FixedSizeList:
			return { kind: 'list', offsets: 0, size: widthOf(as(new FbFixedSizeList()).listSize()) };
		case Type.Map:
			return { kind: 'map', offsets: 4, size: 0 };
		case Type.Struct_:
			return { kind: 'struct' };
		case Type.Union:
			return {
				kind: 'other',
				buffers: as(new FbUnion()).mode() === 0 ? 1 : 2,
				validity: false
			};
		case Type.RunEndEncoded:
			return { kind: 'other', buffers: 0, validity: false };
		case Type.ListView:
		case Type.LargeListView:
			return { kind: 'other', buffers: 2, validity: true };
		default:
			throw unreadable('type');
	}
}

function widthOf(width: number): number {
	if (width < 0 || width > 1e6) throw unreadable('width');
	return width;
}
