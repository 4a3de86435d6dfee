/**
 * A picture as data: an SVG (or the figure around it) as a JSON tree, made in the worker by code that
 * nobody vouches for. `clear.ts` keeps what an allow-list names; only a `ClearedPicture` is ever drawn or printed.
 */
export type PictureNode =
	| string
	| readonly [
			tag: string,
			attributes: Readonly<Record<string, string>>,
			...children: PictureNode[]
	  ];

declare const cleared: unique symbol;

/** A tree that `clearPicture` let through. */
export type ClearedPicture = PictureNode & { readonly [cleared]: true };
