/** A report as anyone may read it. */
import type { Lineage, LineageSource } from '../../core/governance/terms.ts';
import type { ReportContent, ReportOutput } from '../../core/report/report.ts';

/**
 * Without what its readers may run, which they are given only when they ask for it (`explore.ts`), and without what says more of a dataset than its terms let out: the hash, by which somebody who guesses the rows could make
 * sure of them, and the id, which is of use to nobody who may not open the dataset. Which version of which dataset a
 * result comes from stays: its name and its number. The same for every reader.
 */
export const publicContent = ({ explore: _, ...content }: ReportContent): ReportContent => ({
	...content,
	sources: content.sources.map(publicSource),
	blocks: content.blocks.map((block) => ({ ...block, outputs: block.outputs.map(publicOutput) }))
});

export const publicSource = (source: LineageSource): LineageSource => ({
	...source,
	datasetId: '',
	hash: ''
});

const publicLineage = <L extends Lineage | null>(lineage: L): L =>
	lineage === null ? lineage : { ...lineage, sources: lineage.sources.map(publicSource) };

function publicOutput(output: ReportOutput): ReportOutput {
	switch (output.kind) {
		case 'table':
			return { ...output, lineage: publicLineage(output.lineage) };
		case 'picture':
		case 'value':
			return { ...output, lineage: publicLineage(output.lineage) };
		case 'text':
		case 'control':
			return output;
	}
}
