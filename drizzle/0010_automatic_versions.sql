CREATE TABLE `notebook_writers` (
	`notebook_id` text NOT NULL,
	`person_id` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`notebook_id`, `person_id`),
	FOREIGN KEY (`notebook_id`) REFERENCES `notebooks`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `notebook_history` ADD `people` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `notebook_history` ADD `since` integer;--> statement-breakpoint
ALTER TABLE `notebooks` ADD `history_seq` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `notebooks` ADD `history_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `notebooks` SET `history_at` = `updated_at`, `history_seq` = coalesce((SELECT max(`seq`) FROM `notebook_updates` WHERE `notebook_id` = `notebooks`.`id`), 0);
