/** Asks the server where a notebook comes from and what was made of it. */
import type { Lineage } from '../core/notebook/lineage.ts';
import type { Lang } from '../core/notebook/notebook.ts';
import { askJson } from './ask-json.ts';

/** @throws AppError */
export const loadLineage = (notebookId: string, lang: Lang): Promise<Lineage> =>
	askJson<Lineage>(`/api/notebooks/${encodeURIComponent(notebookId)}/lineage?lang=${lang}`);
