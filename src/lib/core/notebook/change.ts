/**
 * What lies between two states of a notebook, as separate changes: each can be shown, proposed, accepted or declined by
 * itself. Cells are matched by their ids, which copies keep.
 */
import type { Cell, Lang } from './notebook.ts';

export type NotebookChange =
	| { readonly kind: 'title'; readonly id: string; readonly from: string; readonly to: string }
	| { readonly kind: 'lang'; readonly id: string; readonly from: Lang; readonly to: Lang }
	| {
			readonly kind: 'added';
			readonly id: string;
			readonly cell: Cell;
			/** The cell that it stands below in the later state; null for the first. */
			readonly after: string | null;
	  }
	| { readonly kind: 'removed'; readonly id: string; readonly cell: Cell }
	| {
			readonly kind: 'moved';
			readonly id: string;
			readonly cell: Cell;
			readonly after: string | null;
	  }
	/** Its words, its kind or whether its code shows. */
	| { readonly kind: 'changed'; readonly id: string; readonly from: Cell; readonly to: Cell };

/** Of one change among those of a comparison: `kind` and the cell's id (`changed:ab12cd34`), or the kind alone. */
export type ChangeId = NotebookChange['id'];
