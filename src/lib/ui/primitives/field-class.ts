/** The look of a text-like control, shared by the fields of this folder. */
export const FIELD_CLASS =
	'min-h-10 w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 py-1.5 text-ink placeholder:text-ink-faint aria-[invalid=true]:border-danger disabled:bg-sunken disabled:text-ink-faint';
