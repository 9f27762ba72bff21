/** The sandbox's platform operator. */
export const SANDBOX_OPERATOR = 'operator@tikasetu.example';
