/**
 * What the terms of datasets let a report show. One rule, asked by the server with the terms of its own store; it is
 * conservative: what cannot be shown to be allowed is refused, with the output, the dataset and what to do.
 *
 * `nothing`: no output may come from the dataset. `aggregates`: an output may come from it only through a summary
 * (`rollup`, `count`) that made fewer rows, and only where each group that it shows is known to be as large as its owner
 * asks (`small-groups.ts`). `rows`: anything. Past the last day of its terms, nothing.
 */
import { printFileName } from '../dataset/file-name.ts';
import type { ReportBlock, ReportContent, ReportOutput } from '../report/report.ts';
import type { Provenance } from './provenance.ts';
import { smallGroupsIn, type SmallGroups } from './small-groups.ts';
import { isExpired, type Lineage, type LineageSource, type LineageStep } from './terms.ts';

/** Why an output is refused. */
export type RefusalReason =
	/** The terms let nothing be published. */
	| 'nothing'
	/** The terms let aggregates be published, and this shows rows, or cannot be shown not to. */
	| 'rows'
	/** The last day of the terms has passed. */
	| 'expired'
	/** Groups of fewer rows than the terms allow are shown. */
	| 'small_group'
	/** Such a group follows from what is shown: a total, less its parts. */
	| 'small_rest'
	/** It is not known whether each group shown is large enough. */
	| 'group_unknown'
	/** The dataset is not there, is withdrawn, or is not one that the author may use. */
	| 'unknown'
	/** The cell reads a file whose name is not written in it. */
	| 'unreadable'
	/** The cell could pass rows on unseen: it is why outputs of others are refused. */
	| 'untraceable';

export interface PublishRefusal {
	readonly reason: RefusalReason;
	/** The cell and the place of the output in its block; null: the cell as a whole. */
	readonly cell: string;
	readonly output: number | null;
	readonly kind: ReportOutput['kind'] | null;
	/** '' where it is not known. */
	readonly dataset: string;
	readonly organisation: string;
	/** Of groups: how many are too small, and the fewest rows that the terms allow. */
	readonly groups?: { readonly count: number; readonly minimum: number };
}

/** Why one output is refused for one file. */
type Refused = Pick<PublishRefusal, 'reason' | 'groups'>;

/**
 * A file's real record, from the store; null: not one that the author may use. One that they could use until the last
 * day of its terms is still known, so that the refusal says why.
 */
export type KnownSource = (file: string) => LineageSource | null;

/**
 * Every refusal, in the order of the page. None: the report may be published.
 * @param today the day of the publication (`dayOf`)
 */
export function mayPublish(
	content: ReportContent,
	provenance: Provenance,
	known: KnownSource,
	today: string
): PublishRefusal[] {
	const unreadable = new Set(provenance.unreadable);
	const refusals: PublishRefusal[] = [...unreadable].map((cell) => ({
		reason: 'unreadable',
		cell,
		output: null,
		kind: null,
		dataset: '',
		organisation: ''
	}));
	for (const block of content.blocks)
		block.outputs.forEach((output, index) => {
			for (const file of filesOf(block, output, provenance)) {
				const source = known(file);
				const refused = refusalOf(block, output, file, source, provenance, today);
				if (refused)
					refusals.push({
						...refused,
						cell: block.cell,
						output: index,
						kind: output.kind,
						dataset: source?.title ?? '',
						organisation: source?.organisation ?? ''
					});
			}
		});
	// Which cell to rewrite, once for each: first what stands in the way of all the rest.
	const [refused] = refusals.filter(({ reason }) => reason === 'rows' || reason === 'nothing');
	if (!refused) return refusals;
	const { dataset, organisation } = refused;
	return [
		...provenance.untraceable.map((cell) => ({
			reason: 'untraceable' as const,
			cell,
			output: null,
			kind: null,
			dataset,
			organisation
		})),
		...refusals
	];
}

/** What an output comes from: what its lineage says, and no less than what its cell can reach. */
export function filesOf(
	block: ReportBlock,
	output: ReportOutput,
	provenance: Provenance
): Set<string> {
	const files = new Set<string>();
	if ('lineage' in output && output.lineage)
		for (const source of output.lineage.sources) files.add(printFileName(source));
	for (const { file } of provenance.reach.get(block.cell) ?? []) files.add(file);
	return files;
}

function refusalOf(
	block: ReportBlock,
	output: ReportOutput,
	file: string,
	source: LineageSource | null,
	provenance: Provenance,
	today: string
): Refused | null {
	if (!source) return { reason: 'unknown' };
	if (isExpired(source.validUntil, today)) return { reason: 'expired' };
	switch (source.publication) {
		case 'rows':
			return null;
		case 'nothing':
			return { reason: 'nothing' };
		case 'aggregates':
			if (!summarised(block, output, file, source, provenance)) return { reason: 'rows' };
			return groupRefusal(smallGroupsIn(output, source), source);
	}
}

function groupRefusal(found: SmallGroups | null, source: LineageSource): Refused | null {
	if (!found) return null;
	return {
		reason: found.reason,
		groups: { count: found.count, minimum: source.minimumGroup ?? 0 }
	};
}

function summarised(
	block: ReportBlock,
	output: ReportOutput,
	file: string,
	source: LineageSource,
	provenance: Provenance
): boolean {
	// A setting is a criterion that the author chose: it is no record of the data.
	if (output.kind === 'control') return true;
	const reached = provenance.reach.get(block.cell)?.find((one) => one.file === file);
	// The source of the notebook has the last word: a file that its cell does not reach is one whose way is unknown.
	if (!reached) return false;
	// A text has no lineage; neither has a value made by plain code.
	if (output.kind === 'text' || output.lineage === null) return reached.summarisedBefore;
	if (!reached.summarised) return false;
	return lineageSummarises(output.lineage, source, provenance);
}

/** Verbs that put the rows of another table beside those at hand. */
const JOINS: ReadonlySet<string> = new Set([
	'join',
	'join_left',
	'join_right',
	'join_full',
	'cross',
	'lookup',
	'concat',
	'union',
	'code'
]);

/**
 * Whether a step summarised: a `rollup` or `count`, in a cell whose source has one, that left at most one row for two.
 * A group a row would be the rows themselves. A join after it in the same cell can bring them back.
 */
function lineageSummarises(
	lineage: Lineage,
	source: LineageSource,
	{ summarises }: Provenance
): boolean {
	let before: number = source.rows;
	let at: LineageStep | null = null;
	for (const step of lineage.steps) {
		if (
			(step.verb === 'rollup' || step.verb === 'count') &&
			summarises.get(step.cell) === true &&
			step.rows !== null &&
			(step.rows * 2 <= before || at !== null)
		)
			at = step;
		else if (at && step.cell === at.cell && JOINS.has(step.verb)) at = null;
		before = step.rows ?? before;
	}
	return at !== null;
}
