/** Begins a discussion about what a cell gives, as a whole. Loaded when one is first begun. */
import type { CellTable } from '$lib/client/cell-table';
import type { CellView } from '$lib/client/cell-view.svelte';
import { outcomeDigest, outcomeReading } from '$lib/core/annotation/outcome-reading';
import type { Output } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';
import type { Annotation } from '../../annotation/annotate-context';
import { countText } from '../../table/format';

type TableOutput = Extract<Output, { kind: 'table' }>;

export async function commentOutcome(
	cell: Pick<CellView, 'id' | 'outputs'>,
	annotation: Pick<Annotation, 'annotate'>,
	look: (table: TableOutput) => Pick<CellTable, 'digest'>
): Promise<void> {
	const { outputs } = cell;
	const reading = outcomeReading(outputs);
	const words = outputs.map(wordsOf).filter((text) => text !== '');
	// A table that is too large to be gone through is known by its size and columns alone.
	const digest = await outcomeDigest(outputs, (table) => look(table).digest()).catch(() => null);
	annotation.annotate(
		{ kind: 'outcome', cell: cell.id, reading, ...(digest === null ? {} : { digest }) },
		words.join(' · ') || reading
	);
}

/** As the page shows it, in short. */
function wordsOf(output: Output): string {
	switch (output.kind) {
		case 'table': {
			const { rows, columns } = output;
			return [
				m.data_rows({ count: rows, text: countText(rows) }),
				m.data_columns({ count: columns.length, text: countText(columns.length) })
			].join(', ');
		}
		case 'picture':
			return output.picture.title || output.picture.description;
		case 'value':
			return output.value.text;
		case 'text':
			return output.markdown.replace(/\s+/g, ' ').trim();
		case 'control':
			return '';
	}
}
