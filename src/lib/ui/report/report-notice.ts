/** « Votre rapport cite un jeu de données retiré le … », as the server says it to the report's author. */
import type { Lang } from '$lib/core/notebook/notebook';

export interface ReportNotice {
	readonly report: {
		readonly notebookId: string;
		readonly slug: string;
		readonly lang: Lang;
		readonly number: number;
		readonly title: string;
	};
	readonly dataset: {
		readonly id: string;
		readonly title: string;
		readonly organisation: string;
	};
	readonly withdrawnAt: number;
}
