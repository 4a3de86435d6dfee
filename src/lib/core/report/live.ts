/** Blocks of a report made again from what its cells give now, in the place and with the words of those published. */
import type { ControlValue, TableWindow } from '../protocol/messages.ts';
import { freezeReport, outputKey, type RunCell } from './freeze.ts';
import type { Explorable, ReportContent } from './report.ts';

/**
 * The report with its live blocks made again; the others stay as they were published.
 * @param cells those that are live, with what they displayed
 */
export function liveContent(
	content: ReportContent,
	{ live, leftOut }: Pick<Explorable, 'live' | 'leftOut'>,
	cells: readonly RunCell[],
	windows: ReadonlyMap<string, TableWindow>,
	controls: ReadonlyMap<string, ControlValue>
): ReportContent {
	const omitted = new Set(leftOut.map(({ cell, index }) => outputKey(cell, index)));
	const made = freezeReport(
		cells,
		{ windows, controls },
		{
			lang: content.lang,
			title: content.title,
			summary: content.summary,
			authors: content.authors,
			licence: content.licence,
			shown: new Set(),
			omitted,
			// What its author wrote of a chart speaks of the one published: the chart's own words stand in.
			alts: new Map(),
			captions: captionsOf(content, cells, omitted)
		}
	);
	const outputs = new Map(made.blocks.map((block) => [block.cell, block.outputs]));
	return {
		...content,
		blocks: content.blocks.map((block) =>
			live.includes(block.cell) ? { ...block, outputs: outputs.get(block.cell) ?? [] } : block
		)
	};
}

/** The captions of tables and values, each to the next result of its kind. */
function captionsOf(
	content: ReportContent,
	cells: readonly RunCell[],
	omitted: ReadonlySet<string>
): Map<string, string> {
	const captions = new Map<string, string>();
	for (const { id, outputs } of cells) {
		const published = content.blocks.find(({ cell }) => cell === id)?.outputs ?? [];
		let next = 0;
		outputs.forEach(({ kind }, index) => {
			const key = outputKey(id, index);
			if (omitted.has(key)) return;
			const at = published.findIndex((output, place) => place >= next && output.kind === kind);
			const output = published[at];
			if (!output) return;
			next = at + 1;
			if ('caption' in output && output.kind !== 'picture') captions.set(key, output.caption);
		});
	}
	return captions;
}
