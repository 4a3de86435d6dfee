/** Asks the server who a notebook is shared with, and changes it. Each answers what stands then. */
import type { ShareLevel, ShareRequest, Sharing } from '../core/sharing/share.ts';
import { askJson } from './ask-json.ts';

const grants = (notebookId: string): string =>
	`/api/notebooks/${encodeURIComponent(notebookId)}/grants`;
const grant = (notebookId: string, shareId: string): string =>
	`${grants(notebookId)}/${encodeURIComponent(shareId)}`;

export const loadSharing = (notebookId: string): Promise<Sharing> =>
	askJson<Sharing>(grants(notebookId));

/** The token of a new link can never be asked for again; null for any other share. */
export const addShare = (
	notebookId: string,
	request: ShareRequest
): Promise<{ sharing: Sharing; token: string | null }> =>
	askJson(grants(notebookId), 'POST', request);

export const setShareLevel = (
	notebookId: string,
	shareId: string,
	level: ShareLevel
): Promise<Sharing> => askJson<Sharing>(grant(notebookId, shareId), 'PATCH', { level });

export const removeShare = (notebookId: string, shareId: string): Promise<Sharing> =>
	askJson<Sharing>(grant(notebookId, shareId), 'DELETE');
