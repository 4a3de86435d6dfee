/** Begins a discussion about what a cell gives, as a whole. Loaded when one is first begun. */
import type { CellView } from '$lib/client/cell-view.svelte';
import { outcomeReading } from '$lib/core/annotation/outcome-reading';
import type { Output } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';
import type { Annotation } from '../../annotation/annotate-context';
import { countText } from '../../table/format';

export function commentOutcome(cell: CellView, annotation: Annotation): void {
	const reading = outcomeReading(cell.outputs);
	const words = cell.outputs.map(wordsOf).filter((text) => text !== '');
	annotation.annotate({ kind: 'outcome', cell: cell.id, reading }, words.join(' · ') || reading);
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
