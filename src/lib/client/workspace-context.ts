/** Hands the open notebook down to the components of its page. */
import { createContext } from 'svelte';
import type { Workspace } from './workspace.svelte.ts';
import type { CellFocus } from './cell-focus.svelte.ts';

export interface Desk {
	readonly workspace: Workspace;
	readonly focus: CellFocus;
	/** Whether this person may change the notebook now: not to be taken apart from the desk. Everyone may run it. */
	readonly writable: boolean;
	/** Before the ids of what its cells show, where another notebook with the same cells stands on the page too. */
	readonly idPrefix?: string;
	/** Text cells as the server read them, by cell: HTML of its own making. */
	readonly texts?: Readonly<
		Record<string, { readonly source: string; readonly html: string | null }>
	>;
	/** Those that compute something, around their values. */
	readonly templates?: Readonly<
		Record<string, { readonly texts: readonly string[]; readonly html: readonly string[] }>
	>;
}

export const [getDesk, setDesk] = createContext<Desk>();
