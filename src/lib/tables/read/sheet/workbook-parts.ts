/**
 * The parts of an Excel workbook that say what the others mean: which sheets there are, where they are kept, and what
 * the styles' number formats say. Nothing is taken from the names of files; both families of namespaces are read.
 */
import { InvalidError } from '../../../core/errors.ts';
import { builtInFormat, numberKind, type NumberKind } from './number-format.ts';
import { textOf } from './xml-text.ts';
import { CLOSE, MORE, OPEN, damagedXml, type XmlTokens } from './xml-tokens.ts';
import { partOf, readPart, type Package } from './zip-part.ts';
import type { ZipEntry } from '../zip/zip-entries.ts';

/** A part that is no sheet and no list of texts is small. */
const MAX_PART_BYTES = 40_000_000;
const MAX_STYLES = 100_000;
const MAX_SHEETS = 2_000;

export interface WorkbookSheet {
	readonly name: string;
	readonly hidden: boolean;
	readonly entry: ZipEntry;
}
export interface Workbook {
	/** Those that hold cells; charts on a sheet of their own are left out. */
	readonly sheets: readonly WorkbookSheet[];
	readonly sharedStrings: ZipEntry | undefined;
	readonly styles: ZipEntry | undefined;
	readonly since1904: boolean;
}

/** An element as it opens: its name and attributes, without prefixes. */
interface Element {
	readonly name: string;
	readonly attribute: (name: string) => string | undefined;
}

async function elements(
	file: Package,
	entry: ZipEntry,
	open: (element: Element) => void,
	close: (name: string) => void = () => undefined
): Promise<void> {
	const nameOf = ({ bytes, start, end }: XmlTokens): string =>
		String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 100)));
	await readPart(
		file,
		entry,
		(tokens) => {
			for (;;) {
				const token = tokens.next();
				if (token === MORE) return;
				if (token === CLOSE) close(nameOf(tokens));
				if (token !== OPEN) continue;
				open({
					name: nameOf(tokens),
					attribute: (name) => attributeOf(tokens, name)
				});
			}
		},
		MAX_PART_BYTES
	);
}

function attributeOf(tokens: XmlTokens, name: string): string | undefined {
	const { bytes, attributes } = tokens;
	for (let a = 0; a < 4 * tokens.attributeCount; a += 4) {
		const start = attributes[a] as number;
		const end = attributes[a + 1] as number;
		if (end - start !== name.length) continue;
		if (String.fromCharCode(...bytes.subarray(start, end)) === name)
			return textOf(bytes, attributes[a + 2] as number, attributes[a + 3] as number);
	}
	return undefined;
}

interface Relation {
	/** The last word of its type: `worksheet`, `styles`… the same in both families of namespaces. */
	readonly type: string;
	readonly path: string;
}

/** What a part refers to, by id; empty where it has no list. */
async function relationsOf(file: Package, path: string): Promise<Map<string, Relation>> {
	const cut = path.lastIndexOf('/') + 1;
	const entry = partOf(file, `${path.slice(0, cut)}_rels/${path.slice(cut)}.rels`);
	const relations = new Map<string, Relation>();
	if (!entry) return relations;
	await elements(file, entry, ({ name, attribute }) => {
		const id = attribute('Id');
		const target = attribute('Target');
		if (name !== 'Relationship' || !id || !target || attribute('TargetMode') === 'External') return;
		const type = attribute('Type') ?? '';
		relations.set(id, {
			type: type.slice(type.lastIndexOf('/') + 1),
			path: resolvePath(path.slice(0, cut), target)
		});
	});
	return relations;
}

function resolvePath(folder: string, target: string): string {
	const steps: string[] = [];
	for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '' && step !== '.') steps.push(step);
	}
	return steps.join('/');
}

/**
 * @throws InvalidError `file_damaged` where there is no workbook in it, or thousands of sheets
 */
export async function readWorkbook(file: Package): Promise<Workbook> {
	const roots = await relationsOf(file, '');
	const path =
		[...roots.values()].find(({ type }) => type === 'officeDocument')?.path ?? 'xl/workbook.xml';
	const entry = partOf(file, path);
	if (!entry) throw new InvalidError('file_damaged', { why: 'no workbook' });
	const relations = await relationsOf(file, path);
	const of = (type: string): ZipEntry | undefined => {
		const found = [...relations.values()].find((relation) => relation.type === type);
		return found && partOf(file, found.path);
	};

	const sheets: WorkbookSheet[] = [];
	const names = new Set<string>();
	let since1904 = false;
	await elements(file, entry, ({ name, attribute }) => {
		if (name === 'workbookPr') since1904 = isTrue(attribute('date1904'));
		else if (name === 'sheet') {
			const relation = relations.get(attribute('id') ?? '');
			const part = relation?.type === 'worksheet' ? partOf(file, relation.path) : undefined;
			const title = attribute('name') ?? '';
			// Sheets are chosen by name: no program makes two of one name.
			if (!part || names.has(title)) return;
			if (sheets.length >= MAX_SHEETS) throw damagedXml('sheets');
			names.add(title);
			sheets.push({ name: title, hidden: /hidden/i.test(attribute('state') ?? ''), entry: part });
		}
	});
	return { sheets, sharedStrings: of('sharedStrings'), styles: of('styles'), since1904 };
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/** For each cell style, what its number format says. */
export async function readStyles(file: Package, entry: ZipEntry | undefined): Promise<Uint8Array> {
	if (!entry) return new Uint8Array(0);
	const custom = new Map<number, NumberKind>();
	const formats: number[] = [];
	let inCells = false;
	await elements(
		file,
		entry,
		({ name, attribute }) => {
			if (name === 'numFmt' && custom.size < MAX_STYLES)
				custom.set(Number(attribute('numFmtId')), numberKind(attribute('formatCode') ?? ''));
			else if (name === 'cellXfs') inCells = true;
			else if (name === 'xf' && inCells && formats.length < MAX_STYLES)
				formats.push(Number(attribute('numFmtId') ?? 0));
		},
		(name) => {
			if (name === 'cellXfs') inCells = false;
		}
	);
	return Uint8Array.from(formats, (id) => custom.get(id) ?? builtInFormat(id));
}
