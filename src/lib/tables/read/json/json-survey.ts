/** What a JSON document holds that could be a table, found in one pass that also checks the whole of it. */
import { OPEN_ARRAY, OPEN_OBJECT, QUOTE, type JsonScanner } from './json-scanner.ts';

/** How the rows of a table lie in the document. */
export type TableShape =
	/** An array of objects. */
	| 'records'
	/** An array of arrays. */
	| 'lists'
	/** An array of plain values: one column. */
	| 'values'
	/** An object whose members are arrays of plain values: the columns. */
	| 'columns'
	/** A GeoJSON FeatureCollection. */
	| 'features'
	/** Documents that follow one another (JSON lines), or a single object. */
	| 'sequence';

export interface JsonTable {
	/** `$`, `$.events`, `$.data["les dates"]`. */
	readonly path: string;
	readonly shape: TableShape;
	/** Where it begins in the bytes. */
	readonly start: number;
	readonly end: number;
	readonly rows: number;
	/** Elements that are objects, and arrays, among them. */
	readonly objects: number;
	readonly arrays: number;
}

export interface JsonSurvey {
	readonly tables: readonly JsonTable[];
	/** Values that follow one another at the root. */
	readonly roots: number;
}

/** Objects within one another in which tables are looked for, and how many tables are told. */
const SEARCHED = 8;
const MAX_TABLES = 200;
/** Bytes between two pauses. */
export const PAUSE_EVERY = 4_000_000;

type Found = { kind: 'object' | 'plain' } | { kind: 'array'; table: JsonTable };

/** @throws InvalidError where the document is no JSON (`JsonScanner.fail`) */
export async function surveyJson(
	scanner: JsonScanner,
	pause: () => Promise<void>
): Promise<JsonSurvey> {
	const survey = new Survey(scanner, pause);
	return survey.document();
}

class Survey {
	readonly #scanner: JsonScanner;
	readonly #pause: () => Promise<void>;
	readonly #tables = new Map<string, JsonTable>();
	#paused = 0;

	constructor(scanner: JsonScanner, pause: () => Promise<void>) {
		this.#scanner = scanner;
		this.#pause = pause;
	}

	async document(): Promise<JsonSurvey> {
		const scanner = this.#scanner;
		if (scanner.peek() < 0) return { tables: [], roots: 0 };
		const first = scanner.at;
		const opening = scanner.peek();
		await this.#value('$', 0);
		let roots = 1;
		let objects = opening === OPEN_OBJECT ? 1 : 0;
		let arrays = opening === OPEN_ARRAY ? 1 : 0;
		for (let byte = scanner.peek(); byte >= 0; byte = scanner.peek()) {
			if (byte === OPEN_OBJECT) objects++;
			else if (byte === OPEN_ARRAY) arrays++;
			// A comma or a bracket between documents is no white space: said where it stands.
			scanner.skipValue();
			roots++;
			if (this.#isOut()) await this.#breathe();
		}
		const sequence: JsonTable = {
			path: '$',
			shape: 'sequence',
			start: first,
			end: scanner.at,
			rows: roots,
			objects,
			arrays
		};
		if (roots > 1) return { tables: objects + arrays ? [sequence] : [], roots };
		const tables = [...this.#tables.values()];
		// An object without any table in it is a table of one row.
		return { tables: tables.length || !objects ? tables : [sequence], roots };
	}

	/** Whether it is time to let others work: asked first, since waiting costs more than a short value. */
	#isOut(): boolean {
		return this.#scanner.at - this.#paused >= PAUSE_EVERY;
	}

	async #breathe(): Promise<void> {
		this.#paused = this.#scanner.at;
		await this.#pause();
	}

	#tell(table: JsonTable): void {
		// The last of two members of one name holds.
		if (this.#tables.size < MAX_TABLES || this.#tables.has(table.path))
			this.#tables.set(table.path, table);
	}

	async #value(path: string, depth: number): Promise<Found> {
		const byte = this.#scanner.peek();
		if (byte === OPEN_ARRAY) return { kind: 'array', table: await this.#array(path) };
		if (byte === OPEN_OBJECT && depth < SEARCHED) {
			await this.#object(path, depth);
			return { kind: 'object' };
		}
		this.#scanner.skipValue();
		return { kind: byte === OPEN_OBJECT ? 'object' : 'plain' };
	}

	async #array(path: string): Promise<JsonTable> {
		const scanner = this.#scanner;
		const start = scanner.at;
		let rows = 0;
		let objects = 0;
		let arrays = 0;
		scanner.at++;
		for (let more = scanner.element(true); more; more = scanner.element(false)) {
			const byte = scanner.peek();
			if (byte === OPEN_OBJECT) objects++;
			else if (byte === OPEN_ARRAY) arrays++;
			scanner.skipValue();
			rows++;
			if (this.#isOut()) await this.#breathe();
		}
		const shape = objects > 0 && objects >= arrays ? 'records' : arrays > 0 ? 'lists' : 'values';
		const table: JsonTable = { path, shape, start, end: scanner.at, rows, objects, arrays };
		if (rows > 0) this.#tell(table);
		return table;
	}

	async #object(path: string, depth: number): Promise<void> {
		const scanner = this.#scanner;
		const start = scanner.at;
		scanner.at++;
		let features: JsonTable | null = null;
		let collection = false;
		/** Members that are arrays of plain values, as long as there is nothing else: rows of the longest, none without. */
		let longest = 0;
		let onlyColumns = true;
		/** Paths of those that may have been told: later ones were not. */
		const columns: string[] = [];
		for (let more = scanner.member(true); more; more = scanner.member(false)) {
			const key = scanner.text(scanner.keyStart, scanner.keyEnd, scanner.keyEscaped);
			const from = scanner.peek() === QUOTE ? scanner.at : -1;
			const found = await this.#value(path + step(key), depth + 1);
			if (this.#isOut()) await this.#breathe();
			const table = found.kind === 'array' ? found.table : null;
			if (key === 'type' && from >= 0)
				collection = scanner.text(from + 1, scanner.at - 1, false) === 'FeatureCollection';
			else if (key === 'features' && table?.shape === 'records') features = table;
			if (table?.shape === 'values' && table.rows > 0) {
				if (columns.length < MAX_TABLES) columns.push(table.path);
				longest = Math.max(longest, table.rows);
			} else onlyColumns = false;
		}
		if (collection && features) {
			this.#tables.delete(features.path);
			this.#tell({ ...features, shape: 'features' });
		} else if (onlyColumns && longest > 0) {
			for (const column of columns) this.#tables.delete(column);
			const rows = longest;
			this.#tell({ path, shape: 'columns', start, end: scanner.at, rows, objects: 0, arrays: 0 });
		}
	}
}

/** One step of a path. */
const step = (key: string): string =>
	/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;

/** The table that is read when nobody chose: records before all else, then the longest. */
export function likeliest(tables: readonly JsonTable[]): JsonTable | null {
	const rank = ({ shape }: JsonTable): number =>
		shape === 'features'
			? 3
			: shape === 'records' || shape === 'sequence'
				? 2
				: shape === 'values'
					? 0
					: 1;
	let best: JsonTable | null = null;
	for (const table of tables)
		if (!best || rank(table) > rank(best) || (rank(table) === rank(best) && table.rows > best.rows))
			best = table;
	return best;
}
