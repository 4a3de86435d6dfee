/** The keys of the notebook in words: for its own « ? » and for the help page. */
import { m } from '$lib/paraglide/messages';

export const SHORTCUTS: readonly { key: () => string; action: () => string }[] = [
	{ key: m.help_key_1, action: m.help_key_1_action },
	{ key: m.help_key_2, action: m.help_key_2_action },
	{ key: m.help_key_3, action: m.help_key_3_action },
	{ key: m.help_key_4, action: m.help_key_4_action },
	{ key: m.help_key_5, action: m.help_key_5_action },
	{ key: m.help_key_6, action: m.help_key_6_action },
	{ key: m.help_key_7, action: m.help_key_7_action },
	{ key: m.help_key_9, action: m.help_key_9_action },
	{ key: m.help_key_comment, action: m.help_key_comment_action },
	{ key: m.help_key_threads, action: m.help_key_threads_action },
	{ key: m.help_key_changes, action: m.help_key_changes_action },
	{ key: m.help_key_thread_does, action: m.help_key_thread_does_action },
	{ key: m.help_key_want, action: m.help_key_want_action },
	{ key: m.help_key_8, action: m.help_key_8_action }
];
