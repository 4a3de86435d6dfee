/**
 * Measures the detector of personal information on a folder of tables with their truth:
 *
 *     node tests/corpus/personal/measure.ts <folder> [--list] [--part develop|check] [--only 51-80]
 *
 * What the import reads of each table is what is looked at; its title lines are cut and its separator is given, so
 * that what is measured is the detector and not the guess of a layout.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	PERSONAL_KINDS,
	type PersonalKind,
	type Separator
} from '../../../src/lib/core/protocol/import.ts';
import { readCsv } from '../../../src/lib/tables/read/read-csv.ts';

export interface Truth {
	readonly file: string;
	readonly encoding: string;
	readonly separator: Separator;
	readonly headerLine: number;
	readonly columns: readonly {
		readonly index: number;
		readonly header: string;
		/** Holds a part of a kind that other columns carry: reporting it is neither right nor wrong. */
		readonly partOf?: PersonalKind;
		readonly lookAlike?: string;
		readonly kinds: readonly {
			readonly kind: PersonalKind;
			readonly how: number;
			readonly rows: number;
		}[];
	}[];
}

export interface KindMeasure {
	/** Columns that hold the kind, those of them that were reported, and columns reported that do not hold it. */
	readonly columns: number;
	readonly found: number;
	readonly wrong: number;
	/** Rows that hold the kind, and those that were counted (no more than there are) in columns found. */
	readonly rows: number;
	readonly rowsFound: number;
}
export interface HowMeasure {
	readonly columns: number;
	readonly found: number;
	readonly rows: number;
	/** Rows in columns that were found. */
	readonly rowsFound: number;
}
export interface Measure {
	readonly tables: number;
	readonly kinds: ReadonlyMap<PersonalKind, KindMeasure>;
	readonly hows: ReadonlyMap<number, HowMeasure>;
	/** Each miss, each wrong finding and each count that is off, in words. */
	readonly remarks: readonly string[];
}

/** Tables that were looked at while the rules were written are those that are not here. */
const CHECK = [
	'30',
	'33',
	'34',
	'36',
	'37',
	'39',
	'40',
	'42',
	'45',
	'46',
	'49',
	'54',
	'57',
	'63',
	'69',
	'72',
	'78'
];
export const partOf = (file: string): 'develop' | 'check' =>
	CHECK.includes(file.slice(0, 2)) ? 'check' : 'develop';

/** The table without the lines above its header, as UTF-8. */
function withoutTitles(bytes: Uint8Array, truth: Truth): Uint8Array<ArrayBuffer> {
	const encoding = truth.encoding.startsWith('utf-8') ? 'utf-8' : truth.encoding;
	let text = new TextDecoder(encoding).decode(bytes);
	for (let line = 1; line < truth.headerLine; line++) text = text.slice(text.indexOf('\n') + 1);
	return new TextEncoder().encode(text);
}

/** Runs the detector on the tables of a folder. */
export async function measure(
	folder: string,
	wanted: (file: string) => boolean = () => true
): Promise<Measure> {
	const kinds = new Map<PersonalKind, KindMeasure>();
	const hows = new Map<number, HowMeasure>();
	const remarks: string[] = [];
	const files = (await readdir(folder)).filter((file) => file.endsWith('.truth.json')).sort();
	let tables = 0;
	for (const file of files) {
		if (!wanted(file)) continue;
		tables++;
		const truth = JSON.parse(await readFile(join(folder, file), 'utf8')) as Truth;
		const bytes = withoutTitles(await readFile(join(folder, truth.file)), truth);
		const { report } = await readCsv(bytes, { separator: truth.separator, header: true });
		for (const column of truth.columns) {
			const findings = report.columns[column.index]?.personal ?? [];
			const place = `${truth.file} › ${column.header || String(column.index)}`;
			for (const kind of PERSONAL_KINDS) {
				if (column.partOf === kind) continue;
				const entries = column.kinds.filter((entry) => entry.kind === kind);
				const finding = findings.find((one) => one.kind === kind);
				const rows = entries.reduce((sum, entry) => sum + entry.rows, 0);
				const before = kinds.get(kind) ?? { columns: 0, found: 0, wrong: 0, rows: 0, rowsFound: 0 };
				kinds.set(kind, {
					columns: before.columns + (rows ? 1 : 0),
					found: before.found + (rows && finding ? 1 : 0),
					wrong: before.wrong + (!rows && finding ? 1 : 0),
					rows: before.rows + rows,
					rowsFound: before.rowsFound + Math.min(rows, finding?.rows ?? 0)
				});
				for (const entry of entries) {
					const how = hows.get(entry.how) ?? { columns: 0, found: 0, rows: 0, rowsFound: 0 };
					const share = finding ? Math.min(1, finding.rows / rows) : 0;
					hows.set(entry.how, {
						columns: how.columns + 1,
						found: how.found + (finding ? 1 : 0),
						rows: how.rows + entry.rows,
						rowsFound: how.rowsFound + entry.rows * share
					});
				}
				const ways = entries.map((entry) => String(entry.how)).join('+');
				if (rows && !finding)
					remarks.push(`missed ${kind} (${ways}), ${String(rows)} rows: ${place}`);
				else if (!rows && finding)
					remarks.push(
						`wrong ${kind}, ${String(finding.rows)} rows of ${String(finding.of)} (${column.lookAlike ?? ''}, ${finding.why.code}, ${finding.within}): ${place}`
					);
				else if (finding && finding.rows !== rows)
					remarks.push(
						`counted ${kind} (${ways}): ${String(finding.rows)} rows of ${String(rows)}: ${place}`
					);
			}
		}
	}
	return { tables, kinds, hows, remarks };
}

const share = (part: number, all: number): string =>
	all === 0 ? '    –' : `${((100 * part) / all).toFixed(1).padStart(5)}`;

/** The figures as a table of text. */
export function written({ tables, kinds, hows, remarks }: Measure, list: boolean): string {
	const lines = [
		`${String(tables)} tables`,
		'kind           columns found wrong  recall % precision %   rows found rows %'
	];
	for (const [kind, m] of kinds)
		lines.push(
			`${kind.padEnd(14)} ${String(m.columns).padStart(7)} ${String(m.found).padStart(5)} ${String(m.wrong).padStart(5)}     ${share(m.found, m.columns)}       ${share(m.found, m.found + m.wrong)} ${String(m.rows).padStart(6)} ${String(m.rowsFound).padStart(5)}  ${share(m.rowsFound, m.rows)}`
		);
	lines.push('how  columns found  recall %   rows  rows %');
	for (const [how, m] of [...hows].sort((a, b) => a[0] - b[0]))
		lines.push(
			`${String(how).padStart(3)}  ${String(m.columns).padStart(7)} ${String(m.found).padStart(5)}     ${share(m.found, m.columns)} ${String(m.rows).padStart(6)}   ${share(m.rowsFound, m.rows)}`
		);
	return [...lines, ...(list ? remarks : [])].join('\n');
}

/** Number of a table, and whether it is of a range such as `51-80`. */
const numberOf = (file: string): number => parseInt(file, 10);
export const inRange = (range: string, file: string): boolean => {
	const [first, last] = range.split('-').map(Number);
	return numberOf(file) >= (first ?? NaN) && numberOf(file) <= (last ?? first ?? NaN);
};

if (process.argv[1]?.endsWith('measure.ts')) {
	const [folder = '', ...flags] = process.argv.slice(2);
	const after = (flag: string): string | undefined =>
		flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined;
	const part = after('--part');
	const only = after('--only');
	const wanted = (file: string): boolean =>
		(part === undefined || partOf(file) === part) && (only === undefined || inRange(only, file));
	console.log(written(await measure(folder, wanted), flags.includes('--list')));
}
