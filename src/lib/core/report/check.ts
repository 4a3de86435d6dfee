/**
 * The guard on what a browser sends to be published: total, so that what comes out has the shape of a
 * `ReportContent`, within its limits, its pictures cleared again whatever the browser did. It says nothing of
 * what may be published (`core/governance/publish.ts`), nor of whether the figures are honest: they are the author's claim.
 */
import { clearPicture } from '../chart/clear.ts';
import type { PictureNode } from '../chart/picture.ts';
import { InvalidError } from '../errors.ts';
import { GROUP_SIZES, type GroupSizes } from '../governance/group-sizes.ts';
import {
	LICENCES,
	PUBLICATION_TERMS,
	TERM_DAY,
	TERMS_LIMITS,
	type Lineage,
	type LineageSource
} from '../governance/terms.ts';
import { CELL_KINDS } from '../notebook/kind.ts';
import { cleanLine, optionalLine, visibleText } from '../people/profile.ts';
import {
	COLUMN_TYPES,
	LIMITS,
	type ColumnInfo,
	type PictureTable,
	type Scalar
} from '../protocol/messages.ts';
import { sourcesOf } from './freeze.ts';
import { Reading } from './reading.ts';
import {
	REPORT_LIMITS,
	REPORT_TABLE_ROWS,
	type ControlSetting,
	type ReportBlock,
	type ReportContent,
	type ReportOutput
} from './report.ts';
import { isHeavy, textWeight } from './text-weight.ts';

/** Ids of cells: what `newCellId` makes, and what other tools put in notebook files. */
const CELL_ID = /^[\w-]{1,64}$/;
const SLUG = /^[a-z0-9-]{1,100}$/;
const HASH = /^[0-9a-f]{64}$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const LANGS = ['fr', 'en'] as const;

/**
 * @param value parsed JSON, from anyone
 * @throws InvalidError `report_malformed` (details: where), `title_required`, `report_authors_required`,
 * `report_alt_required` (details: title), `report_empty`, `report_text_too_heavy`, `too_long` (details: max)
 */
export function checkReport(value: unknown): ReportContent {
	const reading = new Reading(value);
	const title = cleanLine(
		reading.at('title').text(1_000_000),
		'title',
		'title_required',
		REPORT_LIMITS.titleChars
	);
	const authors = reading
		.at('authors')
		.list(REPORT_LIMITS.authors, (author) =>
			optionalLine(author.text(1_000_000), 'authors', REPORT_LIMITS.authorChars)
		)
		.filter((author) => author !== null);
	if (!authors.length) throw new InvalidError('report_authors_required', {}, 'authors');
	const cells = new Set<string>();
	const blocks = reading.at('blocks').list(REPORT_LIMITS.blocks, (block) => {
		const checked = blockOf(block);
		// Two blocks of one cell would be two elements of one id in the page.
		if (cells.has(checked.cell)) block.at('cell').refuse();
		cells.add(checked.cell);
		return checked;
	});
	if (!blocks.some((block) => block.outputs.length))
		throw new InvalidError('report_empty', {}, 'blocks');
	mustBeLight(blocks);
	return {
		lang: reading.at('lang').oneOf(LANGS),
		title,
		summary: wording(reading.at('summary'), REPORT_LIMITS.summaryChars, 'summary'),
		authors,
		licence: reading.at('licence').oneOf(LICENCES),
		blocks,
		sources: sourcesOf(blocks)
	};
}

/** Texts must make a page that a phone opens; the server prints it for anyone who asks. */
function mustBeLight(blocks: readonly ReportBlock[]): void {
	let weight = 0;
	for (const { cell, outputs } of blocks)
		for (const output of outputs) {
			if (output.kind !== 'text') continue;
			weight += textWeight(output.markdown);
			if (weight > REPORT_LIMITS.textWeight || isHeavy(output.markdown))
				throw new InvalidError('report_text_too_heavy', { cell }, 'blocks');
		}
}

/** A text typed by the author: trimmed, nothing in it invisible, and too long is said at its field. */
function wording(reading: Reading, max: number, field: string): string {
	const text = visibleText(reading.text(1_000_000));
	if (text.length > max) throw new InvalidError('too_long', { max }, field);
	return text;
}

function blockOf(reading: Reading): ReportBlock {
	const cell = reading.at('cell').text(64, CELL_ID);
	return {
		cell,
		kind: reading.at('kind').oneOf(CELL_KINDS),
		source: reading.at('source').orNull((source) => source.text(LIMITS.markdownChars)),
		outputs: reading
			.at('outputs')
			.list(REPORT_LIMITS.outputsPerBlock, (output, index) =>
				outputOf(output, `r-${cell}-${index}-`)
			)
	};
}

const OUTPUT_KINDS = ['text', 'picture', 'table', 'value', 'control'] as const;

function outputOf(reading: Reading, idPrefix: string): ReportOutput {
	const kind = reading.at('kind').oneOf(OUTPUT_KINDS);
	switch (kind) {
		case 'text':
			return {
				kind,
				markdown: reading.at('markdown').text(LIMITS.markdownChars),
				...groupsOf(reading.at('groups'))
			};
		case 'picture': {
			const title = reading.at('title').text(LIMITS.textChars);
			const alt = reading.at('alt').text(1_000_000).trim();
			if (!alt) throw new InvalidError('report_alt_required', { title }, 'alt');
			if (alt.length > REPORT_LIMITS.altChars)
				throw new InvalidError('too_long', { max: REPORT_LIMITS.altChars }, 'alt');
			return {
				kind,
				tree: clearPicture(reading.at('tree').value as PictureNode, idPrefix),
				title,
				caption: reading.at('caption').text(LIMITS.textChars),
				alt,
				data: reading.at('data').list(LIMITS.outputsPerCell, pictureTableOf),
				lineage: reading.at('lineage').orNull(lineageOf),
				...groupsOf(reading.at('groups'))
			};
		}
		case 'table': {
			const columns = reading.at('columns').list(REPORT_LIMITS.columns, columnOf);
			const rows = reading.at('rows').list(REPORT_TABLE_ROWS, (row) => rowOf(row, columns.length));
			const total = reading.at('total');
			if (total.count() < rows.length) total.refuse();
			const columnsTotal = reading.at('columnsTotal');
			const cut = columnsTotal.value !== undefined;
			if (cut && columnsTotal.count() <= columns.length) columnsTotal.refuse();
			return {
				kind,
				caption: wording(reading.at('caption'), REPORT_LIMITS.captionChars, 'caption'),
				columns,
				rows,
				total: total.count(),
				...(cut && { columnsTotal: columnsTotal.count() }),
				lineage: lineageOf(reading.at('lineage')),
				...groupsOf(reading.at('groups'))
			};
		}
		case 'value':
			return {
				kind,
				caption: wording(reading.at('caption'), REPORT_LIMITS.captionChars, 'caption'),
				text: reading.at('text').text(LIMITS.textChars),
				lineage: reading.at('lineage').orNull(lineageOf),
				...groupsOf(reading.at('groups'))
			};
		case 'control':
			return {
				kind,
				label: reading.at('label').text(LIMITS.textChars),
				setting: settingOf(reading.at('setting'))
			};
	}
}

const SETTINGS = ['number', 'text', 'choices', 'toggle', 'date', 'dates'] as const;

function settingOf(reading: Reading): ControlSetting {
	const date = (name: string) => reading.at(name).orNull((value) => value.text(10, DATE));
	const type = reading.at('type').oneOf(SETTINGS);
	switch (type) {
		case 'number':
			return { type, value: reading.at('value').orNull((value) => value.number()) };
		case 'text':
			return { type, text: reading.at('text').text(LIMITS.textChars) };
		case 'choices': {
			const labels = reading
				.at('labels')
				.list(REPORT_LIMITS.choices, (label) => label.text(LIMITS.textChars));
			return { type, labels };
		}
		case 'toggle':
			return { type, on: reading.at('on').flag() };
		case 'date':
			return { type, date: date('date') };
		case 'dates':
			return { type, from: date('from'), to: date('to') };
	}
}

function columnOf(reading: Reading): ColumnInfo {
	return {
		name: reading.at('name').text(LIMITS.textChars),
		type: reading.at('type').oneOf(COLUMN_TYPES)
	};
}

function pictureTableOf(reading: Reading): PictureTable {
	const columns = reading
		.at('columns')
		.list(REPORT_LIMITS.columns, (name) => name.text(LIMITS.textChars));
	const rows = reading.at('rows').list(LIMITS.pictureDataRows, (row) => rowOf(row, columns.length));
	const total = reading.at('total');
	if (total.count() < rows.length) total.refuse();
	return { mark: reading.at('mark').text(200), columns, rows, total: total.count() };
}

function rowOf(reading: Reading, width: number): Scalar[] {
	const row = reading.list(width, scalarOf);
	return row.length === width ? row : reading.refuse();
}

function scalarOf(reading: Reading): Scalar {
	const { value } = reading;
	if (value === null || typeof value === 'boolean') return value;
	return typeof value === 'number' ? reading.number() : reading.text(REPORT_LIMITS.cellChars);
}

function groupsOf(reading: Reading): { groups?: readonly GroupSizes[] } {
	if (reading.value === undefined) return {};
	const sizes = (list: Reading) => list.list(GROUP_SIZES.most, (size) => size.count());
	return {
		groups: reading.list(GROUP_SIZES.files, (group) => ({
			file: group.at('file').text(200),
			sizes: sizes(group.at('sizes')),
			rests: sizes(group.at('rests')),
			told: group.at('told').flag()
		}))
	};
}

function lineageOf(reading: Reading): Lineage {
	return {
		sources: reading.at('sources').list(100, sourceOf),
		steps: reading.at('steps').list(1_000, (step) => ({
			cell: step.at('cell').text(64, CELL_ID),
			verb: step.at('verb').text(60, /^[\w.]+$/),
			rows: step.at('rows').orNull((rows) => rows.count())
		}))
	};
}

function sourceOf(reading: Reading): LineageSource {
	return {
		datasetId: reading.at('datasetId').text(64, CELL_ID),
		slug: reading.at('slug').text(100, SLUG),
		version: reading.at('version').count(),
		hash: reading.at('hash').text(64, HASH),
		title: reading.at('title').text(LIMITS.textChars),
		organisation: reading.at('organisation').text(LIMITS.textChars),
		licence: reading.at('licence').oneOf(LICENCES),
		publication: reading.at('publication').oneOf(PUBLICATION_TERMS),
		synthetic: reading.at('synthetic').flag(),
		rows: reading.at('rows').count(),
		...carriedOf(reading)
	};
}

/** The terms that a source may carry besides: one that is not there stays away. */
function carriedOf(reading: Reading): Partial<LineageSource> {
	const [group, until, purpose, acknowledgement] = [
		'minimumGroup',
		'validUntil',
		'purpose',
		'acknowledgement'
	].map((name) => reading.at(name));
	const said = (one: Reading | undefined): one is Reading => one?.value !== undefined;
	return {
		...(said(group) && { minimumGroup: group.count() }),
		...(said(until) && { validUntil: until.text(10, TERM_DAY) }),
		...(said(purpose) && { purpose: purpose.text(TERMS_LIMITS.purpose) }),
		...(said(acknowledgement) && {
			acknowledgement: acknowledgement.text(TERMS_LIMITS.acknowledgement)
		})
	};
}
