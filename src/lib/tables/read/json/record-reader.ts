/**
 * Goes through the records of a JSON table: once to learn their keys, once to write their values. A nested object
 * becomes columns down to the depth asked for; what lies deeper, and arrays, stay JSON texts.
 */
import type { CellWriter } from './cell-writer.ts';
import { OPEN_ARRAY, OPEN_OBJECT, QUOTE, type JsonScanner } from './json-scanner.ts';
import { RecordKeys, type RecordKey } from './record-keys.ts';
import type { RowWriter } from './row-writer.ts';

/** Keys told of objects that stay texts. */
const TOLD = 200;
/** Columns looked at, in all, for what a later member of the same name replaces. */
const MAX_CLEARED = 200_000_000;

export class RecordReader {
	/** Columns that are there whatever the records' keys: their names, by column. */
	readonly names: string[] = [];
	/** Nested keys that are columns, and those that would be, deeper. */
	readonly nested: string[] = [];
	readonly #scanner: JsonScanner;
	readonly #depth: number;
	/** GeoJSON: a record is a feature. */
	readonly #features: boolean;
	readonly #keys = new RecordKeys();
	/** A feature's own members; elements that are no objects. */
	readonly #others = new RecordKeys();
	readonly #value: RecordKey;
	#longitude = -1;
	#latitude = -1;
	#geometry = -1;
	#points = false;
	#shapes = false;
	#values = false;
	#cleared = 0;
	/** Absent while the keys are learnt. */
	#writer: { readonly cells: CellWriter; readonly rows: RowWriter } | null = null;

	constructor(scanner: JsonScanner, depth: number, features: boolean) {
		this.#scanner = scanner;
		this.#depth = depth;
		this.#features = features;
		this.#value = new RecordKeys().named('value');
	}

	/** The keys are known: columns get their places, and the records that follow are written. */
	layOut(): void {
		const deeper = this.nested.splice(0);
		this.#keys.layOut(this.names, this.nested);
		this.#others.layOut(this.names, this.nested);
		if (this.#points) {
			this.#longitude = this.names.push('lon') - 1;
			this.#latitude = this.names.push('lat') - 1;
		}
		if (this.#shapes) this.#geometry = this.names.push('geometry') - 1;
		if (this.#values) this.#value.column = this.names.push('value') - 1;
		this.nested.push(...deeper);
	}

	write(cells: CellWriter, rows: RowWriter): void {
		this.#writer = { cells, rows };
	}

	/** The element that comes next: a record, or whatever stands where one is expected. */
	element(): void {
		const byte = this.#scanner.peek();
		if (byte === OPEN_OBJECT) {
			if (this.#features) this.#feature();
			else this.#object(this.#keys, 0, '');
		} else if (byte === 0x6e) this.#scanner.skipValue();
		else {
			this.#values = true;
			this.#plain(this.#value);
		}
		this.#writer?.rows.endRow();
	}

	#plain(key: RecordKey): void {
		if (this.#writer) this.#writer.cells.value(key.column);
		else {
			if (this.#scanner.peek() !== 0x6e) key.plain = true;
			this.#scanner.skipValue();
		}
	}

	#object(keys: RecordKeys, depth: number, path: string): void {
		const scanner = this.#scanner;
		scanner.at++;
		keys.rewind();
		for (let more = scanner.member(true); more; more = scanner.member(false)) {
			const key = keys.find(scanner);
			if (scanner.peek() !== OPEN_OBJECT) {
				this.#clearChildren(key);
				this.#member(key);
			} else if (depth < this.#depth) {
				if (this.#writer) {
					// The last of two members of one name holds, whole.
					if (key.column >= 0 && this.#writer.rows.clear(key.column)) this.#writer.cells.replaced++;
					this.#clearChildren(key);
					key.row = this.#writer.rows.rows;
				}
				key.children ??= new RecordKeys(keys);
				this.#object(key.children, depth + 1, `${path}${key.name}.`);
			} else {
				if (!this.#writer && !key.told) {
					key.told = true;
					this.#tell(`${path}${key.name}.`);
				}
				this.#plain(key);
			}
		}
	}

	#member(key: RecordKey): void {
		if (this.#writer && key.column < 0)
			// Only nulls beside objects: there is no column to leave empty.
			this.#scanner.skipValue();
		else this.#plain(key);
	}

	/** What an earlier member of the same name may have written in this row. */
	#clearChildren(key: RecordKey): void {
		if (!this.#writer || !key.children || key.row !== this.#writer.rows.rows) return;
		key.row = -1;
		this.#clear(key.children);
	}

	#clear(keys: RecordKeys): void {
		// A record of nothing but one name, again and again, would take a time out of all proportion.
		this.#cleared += keys.list.length;
		if (this.#cleared > MAX_CLEARED) this.#scanner.fail('json_malformed');
		for (const key of keys.list) {
			if (key.column >= 0 && this.#writer?.rows.clear(key.column)) this.#writer.cells.replaced++;
			if (key.children) this.#clear(key.children);
		}
	}

	/** Tells the keys of an object that stays a text, without going past it. */
	#tell(path: string): void {
		const scanner = this.#scanner;
		const start = scanner.at;
		scanner.at++;
		for (
			let more = scanner.member(true);
			more && this.nested.length < TOLD;
			more = scanner.member(false)
		) {
			this.nested.push(path + scanner.text(scanner.keyStart, scanner.keyEnd, scanner.keyEscaped));
			scanner.skipValue();
		}
		scanner.at = start;
	}

	#feature(): void {
		const scanner = this.#scanner;
		scanner.at++;
		this.#others.rewind();
		for (let more = scanner.member(true); more; more = scanner.member(false)) {
			const name = scanner.text(scanner.keyStart, scanner.keyEnd, scanner.keyEscaped);
			const byte = scanner.peek();
			if (name === 'properties' && byte === OPEN_OBJECT) this.#object(this.#keys, 0, '');
			else if (name === 'geometry' && byte === OPEN_OBJECT) this.#place();
			else if (name === 'type' || name === 'bbox' || name === 'properties' || name === 'geometry')
				scanner.skipValue();
			else this.#plain(this.#others.named(name));
		}
	}

	/** A feature's geometry: a point's two coordinates, or the JSON text of any other. */
	#place(): void {
		const scanner = this.#scanner;
		const start = scanner.at;
		let point = false;
		let coordinates = -1;
		scanner.at++;
		for (let more = scanner.member(true); more; more = scanner.member(false)) {
			const name = scanner.text(scanner.keyStart, scanner.keyEnd, scanner.keyEscaped);
			const byte = scanner.peek();
			const from = scanner.at;
			scanner.skipValue();
			if (name === 'type' && byte === QUOTE)
				point = scanner.text(from + 1, scanner.at - 1, false) === 'Point';
			else if (name === 'coordinates' && byte === OPEN_ARRAY) coordinates = from;
		}
		const end = scanner.at;
		if (point && coordinates >= 0) {
			this.#points = true;
			if (this.#writer) {
				scanner.at = coordinates + 1;
				for (const column of [this.#longitude, this.#latitude]) {
					if (!scanner.element(column === this.#longitude)) break;
					this.#writer.cells.value(column);
				}
			}
		} else {
			this.#shapes = true;
			if (this.#writer) {
				scanner.at = start;
				this.#writer.cells.value(this.#geometry);
			}
		}
		scanner.at = end;
	}
}
