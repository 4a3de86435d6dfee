/** What the buttons say that mend a cell. */
import type { FixKind } from '$lib/core/analysis/fixes';
import { m } from '$lib/paraglide/messages';

export const FIX_WORDS: Record<FixKind, (words: { name: string }) => string> = {
	replace: m.cell_fix_replace,
	op: m.cell_fix_op,
	params: m.cell_fix_params,
	rename: m.cell_fix_rename,
	as_text: () => m.cell_fix_as_text(),
	as_number: () => m.cell_fix_as_number(),
	as_date: () => m.cell_fix_as_date()
};
