/** What a list calls a notebook: a version that kept the title of its original says that it is a version. */
import { m } from '$lib/paraglide/messages';

interface Named {
	readonly title: string;
	readonly owned: boolean;
	readonly ownerName: string;
	readonly derived: boolean;
	/** Still called as what it was copied from. */
	readonly namesake: boolean;
}

/** The text of the link that leads to it. */
export const notebookName = ({ title, owned, namesake }: Named): string =>
	owned && namesake ? m.notebook_your_version_of({ title }) : title;

/** Whose it is; null where it is the reader's own. */
export const notebookOwner = ({ owned, ownerName, derived }: Named): string | null => {
	if (owned) return null;
	return derived ? m.notebook_version_by({ name: ownerName }) : m.notebook_by({ name: ownerName });
};
