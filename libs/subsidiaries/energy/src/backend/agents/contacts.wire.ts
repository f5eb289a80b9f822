/** Names of contacts in CRM_UTILITIES_UMC, verbatim. The Gateway's documentation names GET and POST for the entity. */
export const INTERACTION_RECORDS = 'InteractionRecords';
/** The words of reason and channel come with the record. */
export const WITH_WORDS = '$expand=InteractionRecordReason,Channel';
export const REASONS = 'InteractionRecordReasons';
export const CATEGORIES = 'InteractionRecordCategories';
export const CHANNELS = 'Channels';
/** The entity can be filtered by it. */
export const DATE_FROM = 'DateFrom';
