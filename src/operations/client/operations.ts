// Made by `npm run client` from schema.graphql and the documents. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The acceptance of the licence by the signatory. */
export type AcceptAgreementInput = {
  /** Where that administrator is invited. */
  firstAdminEmail: string;
  /** Name of the country's first administrator. */
  firstAdminName: string;
  /** Language of the text that was read. */
  language: string;
  /** Its SHA-256, as `licence` gave it. */
  textSha256: string;
  /** Its version. */
  version: string;
};

/** The answer to a staff invitation. */
export type AcceptStaffInvitationInput = {
  /** The password chosen: at least 12 characters. */
  password: string;
  /** The token of the invitation. */
  token: string;
};

/** What a person needs to be served as well as anybody. */
export type AccessNeed =
  /** Written messages rather than calls. */
  | 'HEARS_LITTLE'
  /** Cannot come: is visited at home. */
  | 'HOME_VISIT'
  /** More time, also before a session ends by itself. */
  | 'MORE_TIME'
  /** Texts are read to her. */
  | 'READS_WITH_HELP'
  /** Large print, or a screen reader. */
  | 'SEES_LITTLE'
  /** Sign language. */
  | 'SIGN_LANGUAGE'
  /** A place without steps. */
  | 'WHEELCHAIR';

/** A language to be added. */
export type AddLanguageInput = {
  /** Code (BCP 47). */
  code: string;
  /** In which direction it is written. */
  direction: TextDirection;
  /** Where a text missing in it is looked for next, in order. */
  fallback: Array<string>;
  /** The language’s own name for itself. */
  name: string;
};

/** Somebody came without an appointment. */
export type AdmitWalkInInput = {
  /** The facility. */
  facilityId: string;
  /** Who, and for what. */
  person: PersonToBookInput;
  /** The session of today. */
  sessionId: string;
};

/** What has become of an appointment. */
export type AppointmentState =
  /** Confirmed. */
  | 'BOOKED'
  /** Given back, or the session will not be held. */
  | 'CANCELLED'
  /** She came. */
  | 'CHECKED_IN'
  /** What she came for was done or found not to be due. */
  | 'COMPLETED'
  /** Not confirmed in time. */
  | 'EXPIRED'
  /** A place is kept for a few minutes; confirm it. */
  | 'HELD'
  /** Another appointment took its place. */
  | 'MOVED';

/** An approval by a second person. */
export type ApproveCountryPackInput = {
  /** Whatever should be remembered with it. */
  note?: string | null | undefined;
  /** The proposal. */
  proposalId: string;
};

/** Where (exactly one of near, areaId, postalCode, facilityId), when and for whom. */
export type AvailabilityInput = {
  /** For somebody of this age today, e.g. `9 months`. */
  age?: string | null | undefined;
  /** In an area or any area in it. */
  areaId?: string | null | undefined;
  /** How many days, 1 to 7. */
  days?: number;
  /** For this dose number. */
  doseNumber?: number | null | undefined;
  /** At one facility. */
  facilityId?: string | null | undefined;
  /** First day. */
  from: string;
  /** Around a point. */
  near?: NearInput | null | undefined;
  /** At facilities with this postal code, or in the smallest area that the code belongs to. */
  postalCode?: string | null | undefined;
  /** Where this product is given. */
  product?: string | null | undefined;
};

/** Through which issuer somebody signs in. */
export type BeginIssuerSignInInput = {
  /** The token of her invitation, when she answers it by the issuer instead of a password. */
  invitation?: string | null | undefined;
  /** Which issuer. */
  issuerId: string;
};

/** People of a booking who will not come. */
export type CancelAppointmentInput = {
  /** The booking, held or confirmed. */
  bookingId: string;
  /** The facility. */
  facilityId: string;
  /** Which people of it; all when left out. */
  personIds?: Array<string> | null | undefined;
};

/** Whether a certificate with every dose that stands has been issued. */
export type CertificatePreparation =
  /** No dose is recorded, so there is nothing to certify. */
  | 'NONE'
  /** It is being prepared; as a rule that takes a second. */
  | 'PENDING'
  /** It is there. */
  | 'READY';

/** What has become of an issued certificate. */
export type CertificateStatus =
  /** Its time is over. */
  | 'EXPIRED'
  /** Something on it was not so; it is not to be believed. */
  | 'REVOKED'
  /** What it says is true; a later one says more. */
  | 'SUPERSEDED'
  /** It is the one that stands. */
  | 'VALID';

/** Another password, in place of the one in use. */
export type ChangePasswordInput = {
  /** The password in use. */
  current: string;
  /** The new one: 12 to 128 characters, not a common one, without the e-mail address. */
  password: string;
};

/** A step in the life of a tenant. */
export type ChangeTenantStateInput = {
  /** Which tenant. */
  code: string;
  /** Why; kept in the log. */
  reason: string;
  /** Which step. */
  step: TenantStep;
};

/** Somebody came: her code, or (when she has none with her) her person and the reason. */
export type CheckInInput = {
  /** The code that she says. */
  code?: string | null | undefined;
  /** The facility. */
  facilityId: string;
  /** Why there is no code; each such check-in is counted. */
  overrideReason?: string | null | undefined;
  /** Instead of the code: who she is. */
  personId?: string | null | undefined;
  /** The session. */
  sessionId: string;
};

/** Who asks, with the code that a person gave. */
export type CheckVaccinationStatusInput = {
  /** Who asks: the person sees this name. E.g. the school. */
  checker: string;
  /** The code, with or without its hyphens. */
  code: string;
};

/** A hold to be made an appointment. */
export type ConfirmAppointmentInput = {
  /** The booking that `holdPlaces` gave. */
  bookingId: string;
  /** The facility. */
  facilityId: string;
  /** A key of the client’s own, 8 to 100 characters: the same key acts once. */
  idempotencyKey: string;
};

/** What an authenticator signed. */
export type ConfirmPasskeyInput = {
  /** What the browser answered, `credential.toJSON()` as JSON. */
  response: string;
};

/** The answer to a one-time code. */
export type ConfirmSignInCodeInput = {
  /** The code as it arrived. */
  code: string;
  /** The request that sent the code. */
  requestId: string;
};

/** Consent to one purpose. */
export type ConsentToInput = {
  /** Code of the purpose. */
  purpose: string;
  /** Version of the text that was read. */
  version: string;
};

/** What was wrong about a recorded dose. What is left out stays. */
export type CorrectVaccinationInput = {
  /** The day on which it was given. */
  givenOn?: string | null | undefined;
  /** Chosen by the caller: the same key acts once, however often it is sent. */
  idempotencyKey: string;
  /** Why a day other than the one on which it was recorded. */
  lateReason?: string | null | undefined;
  /** The lot that it was of: the old one goes back to stock. */
  lotId?: string | null | undefined;
  /** Whose dose. */
  personId: string;
  /** What was wrong. */
  reason: CorrectionReason;
  /** How. */
  route?: VaccineRoute | null | undefined;
  /** Where on the body. */
  site?: InjectionSite | null | undefined;
  /** The dose as it stands now. */
  vaccinationId: string;
  /** Who gave it. */
  vaccinatorId?: string | null | undefined;
};

/** What was wrong about a recorded dose. */
export type CorrectionReason =
  /** It was given on another day. */
  | 'WRONG_DAY'
  /** It was of another lot. */
  | 'WRONG_LOT'
  /** It was given at another site or by another route. */
  | 'WRONG_SITE_OR_ROUTE'
  /** Somebody else gave it. */
  | 'WRONG_VACCINATOR';

/** A file of a country pack. */
export type CountryPackFileInput = {
  /** What it holds, as text. */
  content: string;
  /** Its name within the pack, e.g. `areas.csv` or `texts/en.json`. */
  name: string;
};

/** What a second person says to a request for a role. */
export type DecideRoleRequestInput = {
  /** Whether the role is given. */
  approved: boolean;
  /** Which request. */
  requestId: string;
};

/** A country pack as its files. */
export type DraftCountryPackInput = {
  /** The files. */
  files: Array<CountryPackFileInput>;
};

/** Where a person stands with a vaccine group on the day asked about. */
export type DueStatus =
  /** The age for it is over. */
  | 'AGED_OUT'
  /** Nothing more is needed. */
  | 'COMPLETE'
  /** It is not safe for this person. */
  | 'CONTRAINDICATED'
  /** A dose is recommended now. */
  | 'DUE'
  /** There is evidence of immunity. */
  | 'IMMUNE'
  /** The next dose is not recommended yet; from `earliest` on it may be given. */
  | 'NOT_DUE'
  /** It is not recommended for this person. */
  | 'NOT_RECOMMENDED'
  /** A dose should have been given by now. */
  | 'OVERDUE';

/** What others may ask of a person, and how long. */
export type GiveStatusConsentInput = {
  /** For how many minutes, at most 1440. */
  minutes: number;
  /** Of whom. */
  personId: string;
  /** Code of the vaccine group, as `forecast` gives it. */
  vaccineGroup: string;
};

/** Places to be kept for people who come together. */
export type HoldPlacesInput = {
  /** A name that the client gave its device once, 16 to 100 characters. It is no secret and proves nothing: it can only make a cap tighter. */
  device?: string | null | undefined;
  /** The facility. */
  facilityId: string;
  /** The people; all get a place or none does. */
  people: Array<PersonToBookInput>;
  /** The session. */
  sessionId: string;
};

/** Where on the body a dose was given. */
export type InjectionSite =
  /** Left arm. */
  | 'LEFT_ARM'
  /** Left deltoid muscle. */
  | 'LEFT_DELTOID'
  /** Left thigh. */
  | 'LEFT_THIGH'
  /** Right arm. */
  | 'RIGHT_ARM'
  /** Right deltoid muscle. */
  | 'RIGHT_DELTOID'
  /** Right thigh. */
  | 'RIGHT_THIGH';

/** A ministry to be invited. */
export type InviteMinistryInput = {
  /** Reference of the agreement with the ministry. */
  agreementRef: string;
  /** Short code of the tenant: 2 to 20 lower-case letters and digits, a letter first. */
  code: string;
  /** ISO 3166-1 alpha-2 code of the country. */
  country: string;
  /** The tenant's own host names, if it has any. */
  hosts?: Array<string> | null | undefined;
  /** The languages the ministry works in (BCP 47), first one first. */
  languages: Array<string>;
  /** The ministry's name in its languages. */
  names: Array<LocalisedTextInput>;
  /** Where the agreement is sent. */
  signatoryEmail: string;
  /** Who signs for the ministry. */
  signatoryName: string;
  /** In which office. */
  signatoryTitle: string;
  /** IANA time zone. */
  timeZone: string;
};

/** Somebody to work for the programme. */
export type InviteStaffInput = {
  /** Her own e-mail address; accounts are never shared. */
  email: string;
  /** Name. */
  name: string;
  /** What she may do, and where. */
  roles: Array<StaffRoleInput>;
};

/** What an issuer answered. */
export type IssuerAnswerInput = {
  /** The whole address that the issuer sent the browser to. */
  callback: string;
  /** The handle that the visit began with. */
  handle: string;
};

/** Where a language of a country comes from. */
export type LanguageSource =
  /** Added while the service ran. */
  | 'ADDED'
  /** From the published country pack. */
  | 'PACK';

/** A text in one language. */
export type LocalisedTextInput = {
  /** Language (BCP 47). */
  language: string;
  /** The text. */
  text: string;
};

/** Whether a lot can be used at a facility. */
export type LotState =
  /** It can be used. */
  | 'AVAILABLE'
  /** Its last day is over. */
  | 'EXPIRED'
  /** It must not be used until its hold is released. */
  | 'ON_HOLD';

/** Around a point (WGS 84). */
export type NearInput = {
  /** Within how many kilometres, at most 100. */
  km: number;
  /** Degrees north. */
  latitude: number;
  /** Degrees east. */
  longitude: number;
};

/** Why a dose that was due was not given. */
export type NotDoneReason =
  /** It would not have been safe for her (MEDPREC). */
  | 'CONTRAINDICATION'
  /** The person was ill that day (MEDPREC). */
  | 'ILLNESS'
  /** The person or carer did not want it (FHIR statusReason PATOBJ). */
  | 'REFUSAL'
  /** There was none (OSTOCK). */
  | 'STOCK_OUT';

/** Somebody looked at the records that seemed to be the same person and says they are not. */
export type NotTheSameInput = {
  /** The persons that were looked at. */
  personIds: Array<string>;
  /** How it is known; kept with the record. */
  reason: string;
};

/** An identifier of one of the country’s types. */
export type PersonIdentifierInput = {
  /** Code of its type. */
  type: string;
  /** The number as it is written on the document. */
  value: string;
};

/** A name in parts, where people have them. */
export type PersonNamePartsInput = {
  /** Family name. */
  family?: string | null | undefined;
  /** Given name or names. */
  given?: string | null | undefined;
  /** Middle name, or a father’s. */
  middle?: string | null | undefined;
};

/** Who needs a place, and for what. */
export type PersonToBookInput = {
  /** Which dose, needed when the session counts by dose. */
  doseNumber?: number | null | undefined;
  /** The person. */
  personId: string;
  /** Codes of the products she comes for; the session must give them. */
  products: Array<string>;
};

/** A session to be planned. */
export type PlanSessionInput = {
  /** Places besides, kept for people who are helped to book. */
  assistedPlaces: number;
  /** Places to book: one entry for every dose alike, or one for each dose number. */
  capacity: Array<PlannedPlacesInput>;
  /** The most that one account, device and network may book; left out: no limits. */
  caps?: SessionCapsInput | null | undefined;
  /** On which day. */
  date: string;
  /** To, HH:MM. */
  endTime: string;
  /** Where. */
  facilityId: string;
  /** Below this age, e.g. `5 years`. */
  maxAge?: string | null | undefined;
  /** From this age on, e.g. `6 weeks`. */
  minAge?: string | null | undefined;
  /** From when places can be booked; left out: from now. */
  opensAt?: string | null | undefined;
  /** Codes of the products that will be given. */
  products: Array<string>;
  /** From, HH:MM, the country’s own time. */
  startTime: string;
  /** Places besides, kept for people who come without an appointment. */
  walkInPlaces: number;
};

/** How many places can be booked, for one dose number or for all. */
export type PlannedPlacesInput = {
  /** For this dose number; left out: for every dose alike. */
  doseNumber?: number | null | undefined;
  /** How many places. */
  places: number;
};

/** Why a certificate is not there, or lacks doses of the record. */
export type PreparationReason =
  /** The dose was recorded a moment ago. */
  | 'BEING_PREPARED'
  /** The country’s service is suspended: what was issued verifies, nothing new is issued. */
  | 'COUNTRY_READ_ONLY'
  /** Doses of the record are certified no more, e.g. of a recalled lot. */
  | 'DOSES_NOT_CERTIFIED'
  /** Its time is over: have it issued again. */
  | 'EXPIRED'
  /** It should have been there a minute after the dose: the service is behind. */
  | 'LATE'
  /** No dose is recorded. */
  | 'NO_DOSE'
  /** The country has not published its programme yet. */
  | 'NO_PROGRAMME';

/** How it is known that the person was there. */
export type Presence =
  /** She was checked in to the session by her code. */
  | 'CHECKED_IN'
  /** The member of staff vouches for it and says why. Overrides are counted. */
  | 'OVERRIDE'
  /** She came without an appointment and was identified at the desk. */
  | 'WALK_IN';

/** What became of a proposal. */
export type ProposalState =
  /** A second person approved it; there is a publication. */
  | 'APPROVED'
  /** It waits for a second person. */
  | 'OPEN'
  /** It was taken back. */
  | 'WITHDRAWN';

/** A pack to come into force. */
export type ProposeCountryPackInput = {
  /** From which civil day, in the country's time zone: today or later. */
  effectiveOn: string;
  /** What it is for, for whoever approves it. */
  note: string;
  /** The newest state of a draft. */
  packId: string;
};

/** Where a publication stands. */
export type PublicationState =
  /** It was cancelled before its day. */
  | 'CANCELLED'
  /** Its pack is in force. */
  | 'IN_FORCE'
  /** A later one came into force before this one could. */
  | 'PASSED_OVER'
  /** Its pack was in force. */
  | 'PAST'
  /** Its day has not come. */
  | 'SCHEDULED';

/** Stock that came to a facility from outside. */
export type ReceiveStockInput = {
  /** Number of the delivery note, for finding it again. */
  deliveryNote?: string | null | undefined;
  /** Whole doses of a vaccine, 1 to 10000000; either these or pieces. */
  doses?: number | null | undefined;
  /** The last day on which it may be used; for a label with only a month, the last day of that month. Left out only for a supply that does not expire. */
  expiresOn?: string | null | undefined;
  /** Where they came in. */
  facilityId: string;
  /** GTIN-14 of the pack, with its check digit (GS1). */
  gtin?: string | null | undefined;
  /** Chosen by the caller: the same key receives once, however often it is sent. */
  idempotencyKey: string;
  /** The lot number as printed on the vial. */
  lotNumber: string;
  /** The manufacturer, where the label says. */
  manufacturer?: string | null | undefined;
  /** Pieces of a supply, 1 to 10000000; either these or doses. */
  pieces?: number | null | undefined;
  /** Code of the vaccine or the supply; one that the country uses now. */
  productCode: string;
  /** The day they came, not in the future; today when left out. */
  receivedOn?: string | null | undefined;
  /** The worst stage of the vaccine vial monitors, 1 to 4, where they have any. What comes at 3 or 4, the discard point (WHO), is wasted at once. */
  vvmStage?: number | null | undefined;
};

/** A dose that was due and was not given. */
export type RecordNotDoneInput = {
  /** Where. */
  facilityId: string;
  /** Chosen by the caller: the same key acts once, however often it is sent. */
  idempotencyKey: string;
  /** Whose dose. */
  personId: string;
  /** Why. */
  reason: NotDoneReason;
  /** In which session. */
  sessionId?: string | null | undefined;
  /** Code of the vaccine group, as `forecast` gives it. */
  vaccineGroup: string;
};

/** A dose that was given. */
export type RecordVaccinationInput = {
  /** The clinical decision to give it although the schedule speaks against it. */
  clinicalReason?: string | null | undefined;
  /** Where. */
  facilityId: string;
  /** The country's own day on which it was given; today when left out. Another day takes a reason, a permission of its own and the name of who gave it. */
  givenOn?: string | null | undefined;
  /** Chosen by the caller: the same key acts once, however often it is sent. */
  idempotencyKey: string;
  /** Why it is entered on another day than it was given. */
  lateReason?: string | null | undefined;
  /** Of which lot, out of `stock` of the facility. It says which product it is. */
  lotId: string;
  /** To whom. */
  personId: string;
  /** How it is known that the person was there. */
  presence?: Presence;
  /** For an override: why. */
  presenceReason?: string | null | undefined;
  /** How; as the product says when left out. */
  route?: VaccineRoute | null | undefined;
  /** In which session; needed for one who was checked in. */
  sessionId?: string | null | undefined;
  /** Where on the body. */
  site?: InjectionSite | null | undefined;
  /** Who gave it; the caller when left out. For a late entry it is somebody else. */
  vaccinatorId?: string | null | undefined;
};

/** A person to be registered. */
export type RegisterPersonInput = {
  /** What she needs to be served as well as anybody. */
  accessNeeds?: Array<AccessNeed> | null | undefined;
  /** The area she lives in. */
  areaId?: string | null | undefined;
  /** Birth date, as far as it is known. */
  birthDate: unknown;
  /** What she agrees to. The required purposes must be among them. */
  consents: Array<ConsentToInput>;
  /** Where a member of staff registers and attests her. Needed there, and nowhere else. */
  facilityId?: string | null | undefined;
  /** A key of the caller’s own: the same key registers once. */
  idempotencyKey: string;
  /** Identifiers; none is needed. */
  identifiers?: Array<PersonIdentifierInput> | null | undefined;
  /** The language she is written to in (BCP 47). */
  language?: string | null | undefined;
  /** Her name as she gives it, in any script; one name alone is a name. */
  name: string;
  /** The name in parts, if people have them. */
  nameParts?: PersonNamePartsInput | null | undefined;
  /** After a refusal as likely the same person: staff may say that she is not; a citizen only of her own people. */
  notTheSame?: NotTheSameInput | null | undefined;
  /** A phone as people write it; none is needed. A citizen’s own is known from her account. */
  phone?: string | null | undefined;
  /** What she is to the owner of the account that registers her. Needed there, and nowhere else. */
  relation?: Relation | null | undefined;
  /** Sex: one of those the country records. */
  sex: string;
};

/** What a person is to the owner of the account that acts for her. */
export type Relation =
  /** Her child. */
  | 'CHILD'
  /** Somebody else she cares for. */
  | 'OTHER'
  /** Her parent. */
  | 'PARENT'
  /** Her husband, wife or partner. */
  | 'PARTNER'
  /** The owner herself. */
  | 'SELF'
  /** Her brother or sister. */
  | 'SIBLING'
  /** Someone she is the guardian of. */
  | 'WARD';

/** People of a booking who come to another session instead. */
export type RescheduleAppointmentInput = {
  /** The booking. */
  bookingId: string;
  /** A name that the client gave its device once, 16 to 100 characters. It is no secret and proves nothing: it can only make a cap tighter. */
  device?: string | null | undefined;
  /** The facility of the booking. */
  facilityId: string;
  /** A key of the client’s own, 8 to 100 characters: the same key acts once. */
  idempotencyKey: string;
  /** Which people of it; all when left out. */
  personIds?: Array<string> | null | undefined;
  /** The facility of the other session. */
  toFacilityId: string;
  /** The other session. */
  toSessionId: string;
};

/** Where a request for a role stands. */
export type RoleRequestState =
  /** Nobody has decided. */
  | 'ASKED'
  /** She has not. */
  | 'DECLINED'
  /** Nobody decided in time. It can be asked for again. */
  | 'EXPIRED'
  /** A second person has given the role. */
  | 'GIVEN'
  /** Who asked, or who was to have it, was kept out meanwhile. */
  | 'WITHDRAWN';

/** The most places that one account, one device, one network may book of a session. */
export type SessionCapsInput = {
  /** One account; left out: no limit. */
  account?: number | null | undefined;
  /** One device; left out: no limit. */
  device?: number | null | undefined;
  /** One network; left out: no limit. A mobile operator may put thousands of subscribers behind one: be generous. */
  network?: number | null | undefined;
};

/** Whether people can book places of a session. */
export type SessionState =
  /** Will not be held; who had a place was told. */
  | 'CANCELLED'
  /** Over, or closed before its end. */
  | 'CLOSED'
  /** Places can be booked. */
  | 'OPEN'
  /** Announced; booking begins at `opensAt`. */
  | 'PLANNED';

/** A text in the country’s own words. */
export type SetTextInput = {
  /** Key of the text. */
  key: string;
  /** Language (BCP 47), one of the country’s. */
  language: string;
  /** The ICU message, with the placeholders of the product’s text. */
  text: string;
};

/** E-mail address and password of an account. */
export type SignInInput = {
  /** E-mail address. */
  email: string;
  /** Password. */
  password: string;
};

/** What is still to be done before a token carries its owner’s roles. */
export type SignInStep =
  /** Call `confirmSecondFactor`, or `beginPasskeyProof` and `confirmPasskey`, with this token, which opens nothing else. */
  | 'CONFIRM_SECOND_FACTOR'
  /** Nothing: the token carries them. */
  | 'NONE'
  /** Call `beginAuthenticator` and `setUpAuthenticator`, or `beginPasskey` and `setUpPasskey`, with this token, which opens nothing else. */
  | 'SET_UP_SECOND_FACTOR';

/** A role, and where: an area, a facility, or (neither) the country. */
export type StaffRoleInput = {
  /** In this area and all areas in it. */
  areaId?: string | null | undefined;
  /** At this facility. */
  facilityId?: string | null | undefined;
  /** The role. */
  role: string;
};

/** Whether a member of staff can sign in. */
export type StaffState =
  /** Can sign in. */
  | 'ACTIVE'
  /** Has not answered the invitation yet. */
  | 'INVITED'
  /** Cannot sign in any more. */
  | 'SUSPENDED';

/** Where a country is in its life on this platform. */
export type TenantState =
  /** The licence is accepted; provisioning follows by itself. */
  | 'ACCEPTED'
  /** The signatory has been sent the way to the licence. */
  | 'AGREEMENT_SENT'
  /** Closed for good; readable, and certificates still verify. */
  | 'ARCHIVED'
  /** A country pack is published. */
  | 'CONFIGURED'
  /** Its records, keys and login are destroyed; this is what is left. */
  | 'ENDED'
  /** A platform operator has named the ministry. */
  | 'INVITED'
  /** In national use. */
  | 'LIVE'
  /** In use at a few places. */
  | 'PILOT'
  /** Schema, database login, keys and first administrator exist. */
  | 'PROVISIONED'
  /** Readable, certificates still verify, nothing can be changed. */
  | 'SUSPENDED';

/** A step that an operator takes by hand. */
export type TenantStep =
  /** From suspended to archived, for good. */
  | 'ARCHIVE'
  /** From pilot to live. */
  | 'GO_LIVE'
  /** Back to the state before suspension. */
  | 'RESUME'
  /** From configured to pilot. */
  | 'START_PILOT'
  /** Stop every change; reading and verifying go on. */
  | 'SUSPEND';

/** In which direction a language is written. */
export type TextDirection =
  /** Left to right. */
  | 'LTR'
  /** Right to left. */
  | 'RTL';

/** How far somebody is with a vaccine group, by the country’s schedule. */
export type VaccinationStatus =
  /** No further dose is to come. */
  | 'FULLY'
  /** No dose of it counts. */
  | 'NONE'
  /** Begun, with doses to come. */
  | 'PARTLY';

/** How a dose was given. */
export type VaccineRoute =
  /** Into the skin. */
  | 'INTRADERMAL'
  /** Into a muscle. */
  | 'INTRAMUSCULAR'
  /** Into the nose. */
  | 'INTRANASAL'
  /** By mouth. */
  | 'ORAL'
  /** Under the skin. */
  | 'SUBCUTANEOUS';

/** What is to be thought of a code. */
export type VerdictOutcome =
  /** Genuine, but its time is over. */
  | 'EXPIRED'
  /** Forged, changed, or not in the register of whoever it names. */
  | 'NOT_GENUINE'
  /** Its time has not come. */
  | 'NOT_YET_VALID'
  /** Genuine once; the issuer no longer stands by it. */
  | 'REVOKED'
  /** Genuine, and what it says is true; there is a later one. */
  | 'SUPERSEDED'
  /** Signed by somebody not known here. */
  | 'UNKNOWN_ISSUER'
  /** Not a certificate that can be read here. */
  | 'UNREADABLE'
  /** Genuine, in force, and the person’s newest. */
  | 'VALID';

/** What a verdict rests on, for engineers and statistics; people are told the message. */
export type VerdictReason =
  /** Not Base45 (RFC 9285). */
  | 'BASE45'
  /** Not CBOR (RFC 8949). */
  | 'CBOR'
  /** Its signer’s own certificate is not by an authority of its country, or out of its time. */
  | 'CHAIN'
  /** Rightly signed, but of no kind known here. */
  | 'CONTENT_UNKNOWN'
  /** Not a COSE_Sign1 message (RFC 9052). */
  | 'COSE'
  /** Its claims are not those of a health certificate (RFC 8392, HCERT 3.3). */
  | 'CWT'
  /** It stated more of its holder than she wants stated: she took that back. It stated nothing wrong. */
  | 'DETAIL_TAKEN_BACK'
  /** A dose on it was corrected. */
  | 'DOSE_CORRECTED'
  /** A dose on it was not given. */
  | 'DOSE_VOIDED'
  /** After its time. */
  | 'EXPIRED'
  /** A dose on it is held to be made up. */
  | 'FRAUD'
  /** It was issued once more, as its holder asked; it stated nothing wrong. */
  | 'ISSUED_AGAIN'
  /** Not JSON, or not what its format holds. */
  | 'JSON'
  /** A context that is not known here, or a graph that no certificate has. */
  | 'JSON_LD'
  /** Not a signature in JSON (RFC 7515) of its format. */
  | 'JWS'
  /** Its key is in no directory and on no trust list here. */
  | 'KEY_UNKNOWN'
  /** The key may not sign this. */
  | 'KEY_USAGE'
  /** The key that signed it is no longer to be believed. */
  | 'KEY_WITHDRAWN'
  /** A lot on it was recalled, and doses of it are certified no more. */
  | 'LOT_RECALLED'
  /** A later dose is on a later certificate. */
  | 'NEW_DOSE'
  /** Rightly signed, but its issuer’s register does not have it. */
  | 'NOT_REGISTERED'
  /** Before its time. */
  | 'NOT_YET_VALID'
  /** Not the digits of a SMART Health Card. */
  | 'NUMERIC'
  /** The name or birth date on it was corrected. */
  | 'PERSON_CORRECTED'
  /** It does not begin like any certificate known here. */
  | 'PREFIX'
  /** The test that it states, or that it follows from, is not so. */
  | 'RESULT_VOIDED'
  /** Its issuer has revoked it. */
  | 'REVOKED'
  /** Rightly signed, but its content is malformed. */
  | 'SCHEMA'
  /** The signature does not fit. */
  | 'SIGNATURE'
  /** Longer than any QR code. */
  | 'SIZE'
  /** It holds a field that its signature does not cover. */
  | 'UNSIGNED'
  /** Rightly signed, but with a code that is not in force. */
  | 'VALUE_SET'
  /** It does not inflate, or to more than a certificate can be. */
  | 'ZLIB';

/** What can be done when a person seems to be registered already. */
export type WayOn =
  /** Ask at a facility, where both records can be looked at. */
  | 'ASK_STAFF'
  /** If she is the same: `linkPerson` with the code on her card. */
  | 'PROVE_WITH_CODE'
  /** If she is not: register again with `notTheSame`. */
  | 'SAY_NOT_THE_SAME';

export type SignInOperatorMutationVariables = Exact<{
  input: SignInInput;
}>;

export type SignInOperatorMutation = { signInOperator: { token: string; expiresAt: string } };

export type InviteTenantMutationVariables = Exact<{
  input: InviteMinistryInput;
}>;

export type InviteTenantMutation = { inviteTenant: { code: string; name: string; state: TenantState } };

export type SendTenantAgreementMutationVariables = Exact<{
  code: string;
}>;

export type SendTenantAgreementMutation = { sendTenantAgreement: { code: string; state: TenantState } };

export type OpenTenantInvitationMutationVariables = Exact<{
  token: string;
}>;

export type OpenTenantInvitationMutation = { openTenantInvitation: { token: string; expiresAt: string } };

export type ReadLicenceQueryVariables = Exact<{
  language?: string | null | undefined;
}>;

export type ReadLicenceQuery = {
  licence: {
    version: string;
    language: string;
    title: string;
    text: string;
    sha256: string;
    authoritative: boolean;
  };
};

export type AcceptTenantAgreementMutationVariables = Exact<{
  input: AcceptAgreementInput;
}>;

export type AcceptTenantAgreementMutation = { acceptTenantAgreement: { code: string; state: TenantState } };

export type TenantStateQueryVariables = Exact<{
  code: string;
}>;

export type TenantStateQuery = {
  tenant: {
    code: string;
    name: string;
    state: TenantState;
    acceptance: {
      licenceVersion: string;
      language: string;
      textSha256: string;
      signatoryName: string;
      acceptedAt: string;
    } | null;
    transitions: Array<{ from: TenantState | null; to: TenantState; at: string; actorKind: string }>;
  };
};

export type ChangeTenantStateMutationVariables = Exact<{
  input: ChangeTenantStateInput;
}>;

export type ChangeTenantStateMutation = { changeTenantState: { code: string; state: TenantState } };

export type AcceptStaffInvitationMutationVariables = Exact<{
  input: AcceptStaffInvitationInput;
}>;

export type AcceptStaffInvitationMutation = { acceptStaffInvitation: boolean };

export type SignInStaffMutationVariables = Exact<{
  input: SignInInput;
}>;

export type SignInStaffMutation = { signInStaff: { token: string; expiresAt: string } };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never }>;

export type WhoAmIQuery = {
  me: {
    kind: string;
    id: string | null;
    languages: Array<string>;
    roles: Array<{ role: string; reach: string; reachId: string | null }>;
  };
};

export type ShippedCountryPackQueryVariables = Exact<{ [key: string]: never }>;

export type ShippedCountryPackQuery = { shippedCountryPack: Array<{ name: string; content: string }> };

export type DraftCountryPackMutationVariables = Exact<{
  input: DraftCountryPackInput;
}>;

export type DraftCountryPackMutation = {
  draftCountryPack:
    | {
        __typename: 'CountryPackDrafted';
        pack: {
          id: string;
          version: string;
          hash: string;
          changes: Array<{ kind: string; path: Array<string>; from: string | null; to: string | null }>;
        };
      }
    | {
        __typename: 'CountryPackRefused';
        message: string;
        more: number;
        faults: Array<{
          file: string;
          line: number;
          column: number;
          path: string;
          code: string;
          reason: string;
        }>;
      };
};

export type ProposeCountryPackMutationVariables = Exact<{
  input: ProposeCountryPackInput;
}>;

export type ProposeCountryPackMutation = {
  proposeCountryPack:
    | { __typename: 'CountryPackMovedOn'; message: string }
    | { __typename: 'CountryPackNotReady'; message: string }
    | { __typename: 'CountryPackProposal'; id: string; effectiveOn: string; state: ProposalState }
    | { __typename: 'CountryPackVersionTaken'; message: string }
    | { __typename: 'EffectiveDateTooEarly'; message: string };
};

export type ApproveCountryPackMutationVariables = Exact<{
  input: ApproveCountryPackInput;
}>;

export type ApproveCountryPackMutation = {
  approveCountryPack:
    | { __typename: 'CountryPackNeedsSecondPerson'; message: string }
    | { __typename: 'CountryPackNotReady'; message: string }
    | { __typename: 'CountryPackProposalClosed'; message: string }
    | {
        __typename: 'CountryPackPublication';
        id: string;
        number: number;
        effectiveAt: string;
        state: PublicationState;
      }
    | { __typename: 'CountryPackPublishedMeanwhile'; message: string }
    | { __typename: 'CountryPackVersionTaken'; message: string }
    | { __typename: 'EffectiveDateTooEarly'; message: string };
};

export type ScheduleQueryVariables = Exact<{ [key: string]: never }>;

export type ScheduleQuery = {
  vaccinationSchedule: {
    code: string;
    version: string;
    title: string;
    sources: Array<{ title: string; publisher: string; year: number }>;
    series: Array<{
      name: string;
      antigen: string;
      vaccineGroup: string;
      doses: Array<{
        number: number;
        recommendedAge: string | null;
        minimumAge: string | null;
        minimumInterval: string | null;
      }>;
    }>;
  };
};

export type ProductsQueryVariables = Exact<{ [key: string]: never }>;

export type ProductsQuery = {
  products: Array<{ code: string; name: string; vaccine: string; dosesPerVial: number }>;
};

export type LanguagesQueryVariables = Exact<{ [key: string]: never }>;

export type LanguagesQuery = {
  languages: Array<{
    code: string;
    name: string;
    direction: TextDirection;
    fallback: Array<string>;
    isDefault: boolean;
    source: LanguageSource;
  }>;
};

export type AddLanguageMutationVariables = Exact<{
  input: AddLanguageInput;
}>;

export type AddLanguageMutation = { addLanguage: { code: string; name: string; source: LanguageSource } };

export type SetTextMutationVariables = Exact<{
  input: SetTextInput;
}>;

export type SetTextMutation = { setText: boolean };

export type MissingTextsQueryVariables = Exact<{
  language: string;
}>;

export type MissingTextsQuery = {
  missingTexts: { total: number; items: Array<{ __typename: 'MissingTextView' }> };
};

export type AreasBelowQueryVariables = Exact<{
  parentId?: string | null | undefined;
}>;

export type AreasBelowQuery = {
  areas: {
    endCursor: string | null;
    items: Array<{ id: string; code: string; name: string; level: string }>;
  };
};

export type ImportFacilitiesMutationVariables = Exact<{
  csv: string;
  dryRun: boolean;
}>;

export type ImportFacilitiesMutation = {
  importFacilities: {
    rows: number;
    added: number;
    changed: number;
    unchanged: number;
    rejected: number;
    faults: Array<{ line: number; column: number; field: string; reason: string }>;
  };
};

export type FacilityByCodeQueryVariables = Exact<{
  code: string;
}>;

export type FacilityByCodeQuery = {
  facilities: { items: Array<{ id: string; code: string; name: string; areaId: string }> };
};

export type InviteStaffMutationVariables = Exact<{
  input: InviteStaffInput;
}>;

export type InviteStaffMutation = {
  inviteStaff: {
    id: string;
    email: string;
    state: StaffState;
    roles: Array<{ role: string; reach: string; reachId: string | null }>;
    rolesAsked: Array<{ id: string; role: string; expiresAt: string }>;
  };
};

export type DecideRoleRequestMutationVariables = Exact<{
  input: DecideRoleRequestInput;
}>;

export type DecideRoleRequestMutation = {
  decideRoleRequest:
    | { __typename: 'RoleNeedsSecondPerson'; message: string }
    | { __typename: 'RoleRequest'; id: string; state: RoleRequestState }
    | { __typename: 'RoleRequestClosed'; message: string };
};

export type ReceiveStockMutationVariables = Exact<{
  input: ReceiveStockInput;
}>;

export type ReceiveStockMutation = {
  receiveStock:
    | { __typename: 'LotDiffers'; message: string }
    | { __typename: 'LotExpired'; message: string }
    | {
        __typename: 'StockItem';
        lotId: string;
        lotNumber: string;
        productCode: string;
        doses: number;
        expiresOn: string;
      };
};

export type StockOfQueryVariables = Exact<{
  facilityId: string;
}>;

export type StockOfQuery = {
  stock: {
    asOf: string;
    items: Array<{
      lotId: string;
      lotNumber: string;
      productCode: string;
      productName: string;
      doses: number;
      expiresOn: string;
      state: LotState;
    }>;
  };
};

export type PlanSessionMutationVariables = Exact<{
  input: PlanSessionInput;
}>;

export type PlanSessionMutation = {
  planSession:
    | { __typename: 'Session'; id: string; date: string; opensAt: string; state: SessionState }
    | { __typename: 'SessionAlreadyPlanned'; message: string };
};

export type RequestSignInCodeMutationVariables = Exact<{
  phone: string;
}>;

export type RequestSignInCodeMutation = { requestSignInCode: { requestId: string; expiresAt: string } };

export type ConfirmSignInCodeMutationVariables = Exact<{
  input: ConfirmSignInCodeInput;
}>;

export type ConfirmSignInCodeMutation = { confirmSignInCode: { token: string; expiresAt: string } };

export type ConsentPurposesQueryVariables = Exact<{ [key: string]: never }>;

export type ConsentPurposesQuery = {
  consentPurposes: Array<{
    code: string;
    version: string;
    required: boolean;
    language: string;
    title: string;
    text: string;
  }>;
};

export type RegisterPersonMutationVariables = Exact<{
  input: RegisterPersonInput;
}>;

export type RegisterPersonMutation = {
  registerPerson:
    | { __typename: 'ConsentMissing'; message: string; purposes: Array<{ code: string; title: string }> }
    | {
        __typename: 'LikelySamePerson';
        message: string;
        waysOn: Array<WayOn>;
        matches: Array<{ maskedName: string; birthYear: number }>;
      }
    | {
        __typename: 'Person';
        id: string;
        name: string;
        birthDate: unknown;
        code: string;
        relation: Relation | null;
      }
    | { __typename: 'TooManyPeople'; message: string };
};

export type MyPeopleQueryVariables = Exact<{ [key: string]: never }>;

export type MyPeopleQuery = {
  myPeople: Array<{
    id: string;
    name: string;
    birthDateText: string;
    code: string;
    relation: Relation | null;
  }>;
};

export type ForecastQueryVariables = Exact<{
  personId: string;
}>;

export type ForecastQuery = {
  forecast: {
    personId: string;
    on: string;
    schedule: string;
    groups: Array<{
      vaccineGroup: string;
      vaccineGroupName: string;
      status: DueStatus;
      doseNumber: number | null;
      earliest: string | null;
      recommended: string | null;
      pastDue: string | null;
      rule: string;
      reason: string;
      products: Array<{ code: string }>;
    }>;
  };
};

export type AvailabilityQueryVariables = Exact<{
  input: AvailabilityInput;
}>;

export type AvailabilityQuery = {
  availability: {
    asOf: string;
    maxStalenessSeconds: number;
    sessions: Array<{
      facilityId: string;
      sessionId: string;
      facilityName: string;
      date: string;
      startTime: string;
      endTime: string;
      opensAt: string;
      bookable: boolean;
      free: number;
      walkInFree: number;
      distanceKm: number | null;
    }>;
  };
};

export type HoldPlacesMutationVariables = Exact<{
  input: HoldPlacesInput;
}>;

export type HoldPlacesMutation = {
  holdPlaces:
    | { __typename: 'AlreadyBooked'; message: string }
    | {
        __typename: 'Booking';
        id: string;
        facilityId: string;
        appointments: Array<{
          id: string;
          personId: string;
          state: AppointmentState;
          expiresAt: string | null;
        }>;
      }
    | { __typename: 'NotOpenYet'; message: string; opensAt: string }
    | { __typename: 'SessionCancelled'; message: string }
    | {
        __typename: 'SessionFull';
        message: string;
        alternatives: Array<{ sessionId: string; date: string; free: number }>;
      }
    | { __typename: 'SessionOver'; message: string }
    | { __typename: 'TooManyPlaces'; message: string }
    | { __typename: 'TooYoungOrOld'; message: string }
    | { __typename: 'WaitYourTurn'; message: string };
};

export type ConfirmAppointmentMutationVariables = Exact<{
  input: ConfirmAppointmentInput;
}>;

export type ConfirmAppointmentMutation = {
  confirmAppointment:
    | {
        __typename: 'Booking';
        id: string;
        appointments: Array<{
          id: string;
          personId: string;
          state: AppointmentState;
          date: string;
          checkInCode: string | null;
        }>;
      }
    | { __typename: 'HoldExpired'; message: string }
    | { __typename: 'SessionCancelled'; message: string };
};

export type RescheduleAppointmentMutationVariables = Exact<{
  input: RescheduleAppointmentInput;
}>;

export type RescheduleAppointmentMutation = {
  rescheduleAppointment:
    | { __typename: 'AlreadyBooked'; message: string }
    | {
        __typename: 'Booking';
        id: string;
        appointments: Array<{
          id: string;
          personId: string;
          state: AppointmentState;
          date: string;
          checkInCode: string | null;
        }>;
      }
    | { __typename: 'NotOpenYet'; message: string }
    | { __typename: 'SessionCancelled'; message: string }
    | { __typename: 'SessionFull'; message: string }
    | { __typename: 'SessionOver'; message: string }
    | { __typename: 'TooManyPlaces'; message: string }
    | { __typename: 'TooYoungOrOld'; message: string };
};

export type CancelAppointmentMutationVariables = Exact<{
  input: CancelAppointmentInput;
}>;

export type CancelAppointmentMutation = {
  cancelAppointment: { id: string; appointments: Array<{ personId: string; state: AppointmentState }> };
};

export type CheckInMutationVariables = Exact<{
  input: CheckInInput;
}>;

export type CheckInMutation = {
  checkIn:
    | { __typename: 'Appointment'; id: string; personId: string; state: AppointmentState }
    | { __typename: 'NoAppointment'; message: string }
    | { __typename: 'NotToday'; message: string }
    | { __typename: 'SessionCancelled'; message: string }
    | { __typename: 'WrongCode'; message: string; triesLeft: number };
};

export type AdmitWalkInMutationVariables = Exact<{
  input: AdmitWalkInInput;
}>;

export type AdmitWalkInMutation = {
  admitWalkIn:
    | { __typename: 'AlreadyBooked'; message: string }
    | { __typename: 'Appointment'; id: string; personId: string; state: AppointmentState }
    | { __typename: 'NotToday'; message: string }
    | { __typename: 'SessionCancelled'; message: string }
    | { __typename: 'SessionFull'; message: string }
    | { __typename: 'SessionOver'; message: string }
    | { __typename: 'TooYoungOrOld'; message: string };
};

export type RecordVaccinationMutationVariables = Exact<{
  input: RecordVaccinationInput;
}>;

export type RecordVaccinationMutation = {
  recordVaccination:
    | { __typename: 'DateNotToday'; message: string }
    | { __typename: 'LotExpired'; message: string }
    | { __typename: 'LotNotInStock'; message: string }
    | { __typename: 'LotOnHold'; message: string }
    | { __typename: 'NoDoseNeeded'; message: string }
    | { __typename: 'NotCheckedIn'; message: string }
    | { __typename: 'NotSuitable'; message: string }
    | { __typename: 'PersonDeceased'; message: string }
    | { __typename: 'TooEarly'; message: string; earliestDate: string; rule: string }
    | {
        __typename: 'Vaccination';
        id: string;
        productName: string;
        lotNumber: string;
        givenOn: string;
        counted: Array<{ vaccineGroupName: string; doseNumber: number | null; status: string }>;
      };
};

export type RecordNotDoneMutationVariables = Exact<{
  input: RecordNotDoneInput;
}>;

export type RecordNotDoneMutation = {
  recordNotDone: { id: string; vaccineGroup: string; reason: NotDoneReason; day: string };
};

export type CorrectVaccinationMutationVariables = Exact<{
  input: CorrectVaccinationInput;
}>;

export type CorrectVaccinationMutation = {
  correctVaccination:
    | { __typename: 'AlreadyReplaced'; message: string }
    | { __typename: 'ChangeWindowOver'; message: string }
    | { __typename: 'DateNotToday'; message: string }
    | { __typename: 'LotExpired'; message: string }
    | { __typename: 'LotNotInStock'; message: string }
    | { __typename: 'LotOnHold'; message: string }
    | {
        __typename: 'Vaccination';
        id: string;
        replaces: string | null;
        lotNumber: string;
        changeReason: string | null;
      };
};

export type VaccinationsQueryVariables = Exact<{
  personId: string;
}>;

export type VaccinationsQuery = { vaccinations: { __typename: 'VaccinationHistory' } };

export type LatestCertificateQueryVariables = Exact<{
  personId: string;
  language?: string | null | undefined;
}>;

export type LatestCertificateQuery = {
  certificate: {
    status: CertificatePreparation;
    reason: PreparationReason | null;
    message: string;
    since: string | null;
    certificate: {
      number: string;
      status: CertificateStatus;
      issuedAt: string;
      expiresAt: string;
      qrText: string | null;
      pdf: string | null;
      doses: Array<{ vaccine: string; date: string; doseNumber: number; lot: string | null }>;
    } | null;
  };
};

export type VerifyCertificateQueryVariables = Exact<{
  code: string;
}>;

export type VerifyCertificateQuery = {
  verifyCertificate: {
    outcome: VerdictOutcome;
    reason: VerdictReason | null;
    message: string;
    issuer: string | null;
    issuedAt: string | null;
    holderName: string | null;
    birthDate: string | null;
    doses: Array<{ vaccine: string; date: string; doseNumber: number; lot: string | null }>;
  };
};

export type GiveStatusConsentMutationVariables = Exact<{
  input: GiveStatusConsentInput;
}>;

export type GiveStatusConsentMutation = {
  giveStatusConsent: { code: string; consent: { id: string; expiresAt: string } };
};

export type CheckVaccinationStatusMutationVariables = Exact<{
  input: CheckVaccinationStatusInput;
}>;

export type CheckVaccinationStatusMutation = {
  checkVaccinationStatus:
    | { vaccineGroup: string; status: VaccinationStatus; message: string; signed: string }
    | { message: string };
};

export type AccessLogQueryVariables = Exact<{
  personId: string;
}>;

export type AccessLogQuery = {
  accessLog: {
    items: Array<{
      at: string;
      who: string;
      actionText: string;
      facilityName: string | null;
      purpose: string | null;
      own: boolean;
    }>;
  };
};

export type AuditTrailQueryVariables = Exact<{ [key: string]: never }>;

export type AuditTrailQuery = {
  auditTrail: { items: Array<{ at: string; actorKind: string; action: string }> };
};

export type SignInIssuersQueryVariables = Exact<{ [key: string]: never }>;

export type SignInIssuersQuery = { signInIssuers: Array<{ id: string; name: string }> };

export type BeginIssuerSignInMutationVariables = Exact<{
  input: BeginIssuerSignInInput;
}>;

export type BeginIssuerSignInMutation = {
  beginIssuerSignIn: { url: string; handle: string; expiresAt: string };
};

export type CompleteIssuerSignInMutationVariables = Exact<{
  input: IssuerAnswerInput;
}>;

export type CompleteIssuerSignInMutation = {
  completeIssuerSignIn: { token: string; expiresAt: string; next: SignInStep };
};

export type SignInStaffInStepsMutationVariables = Exact<{
  input: SignInInput;
}>;

export type SignInStaffInStepsMutation = {
  signInStaff: { token: string; expiresAt: string; next: SignInStep };
};

export type BeginPasskeyProofMutationVariables = Exact<{ [key: string]: never }>;

export type BeginPasskeyProofMutation = { beginPasskeyProof: string };

export type ConfirmPasskeyMutationVariables = Exact<{
  input: ConfirmPasskeyInput;
}>;

export type ConfirmPasskeyMutation = {
  confirmPasskey: { token: string; expiresAt: string; next: SignInStep };
};

export type MySecondFactorsQueryVariables = Exact<{ [key: string]: never }>;

export type MySecondFactorsQuery = {
  mySecondFactors: {
    authenticator: boolean;
    recoveryCodes: number;
    passkeys: Array<{
      id: string;
      name: string;
      synced: boolean;
      createdAt: string;
      usedAt: string | null;
      refusedAt: string | null;
    }>;
  };
};

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;

export type ChangePasswordMutation = { changePassword: number };

export const SignInOperatorDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'SignInOperator' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'SignInInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'signInOperator' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'token' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<SignInOperatorMutation, SignInOperatorMutationVariables>;
export const InviteTenantDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'InviteTenant' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'InviteMinistryInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'inviteTenant' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<InviteTenantMutation, InviteTenantMutationVariables>;
export const SendTenantAgreementDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'SendTenantAgreement' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'sendTenantAgreement' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'code' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<SendTenantAgreementMutation, SendTenantAgreementMutationVariables>;
export const OpenTenantInvitationDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'OpenTenantInvitation' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'token' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'openTenantInvitation' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'token' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'token' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'token' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<OpenTenantInvitationMutation, OpenTenantInvitationMutationVariables>;
export const ReadLicenceDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'ReadLicence' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'language' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'licence' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'language' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'language' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'version' } },
                { kind: 'Field', name: { kind: 'Name', value: 'language' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'text' } },
                { kind: 'Field', name: { kind: 'Name', value: 'sha256' } },
                { kind: 'Field', name: { kind: 'Name', value: 'authoritative' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ReadLicenceQuery, ReadLicenceQueryVariables>;
export const AcceptTenantAgreementDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'AcceptTenantAgreement' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'AcceptAgreementInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'acceptTenantAgreement' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AcceptTenantAgreementMutation, AcceptTenantAgreementMutationVariables>;
export const TenantStateDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'TenantState' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'tenant' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'code' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'acceptance' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'licenceVersion' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'language' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'textSha256' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'signatoryName' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'acceptedAt' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'transitions' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'from' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'to' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'actorKind' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<TenantStateQuery, TenantStateQueryVariables>;
export const ChangeTenantStateDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ChangeTenantState' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ChangeTenantStateInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'changeTenantState' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ChangeTenantStateMutation, ChangeTenantStateMutationVariables>;
export const AcceptStaffInvitationDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'AcceptStaffInvitation' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'AcceptStaffInvitationInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'acceptStaffInvitation' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AcceptStaffInvitationMutation, AcceptStaffInvitationMutationVariables>;
export const SignInStaffDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'SignInStaff' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'SignInInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'signInStaff' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'token' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<SignInStaffMutation, SignInStaffMutationVariables>;
export const WhoAmIDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'WhoAmI' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'me' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'languages' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'roles' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'role' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'reach' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'reachId' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<WhoAmIQuery, WhoAmIQueryVariables>;
export const ShippedCountryPackDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'ShippedCountryPack' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'shippedCountryPack' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'content' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ShippedCountryPackQuery, ShippedCountryPackQueryVariables>;
export const DraftCountryPackDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'DraftCountryPack' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'DraftCountryPackInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'draftCountryPack' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'CountryPackDrafted' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'pack' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'version' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'hash' } },
                            {
                              kind: 'Field',
                              name: { kind: 'Name', value: 'changes' },
                              selectionSet: {
                                kind: 'SelectionSet',
                                selections: [
                                  { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
                                  { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                                  { kind: 'Field', name: { kind: 'Name', value: 'from' } },
                                  { kind: 'Field', name: { kind: 'Name', value: 'to' } },
                                ],
                              },
                            },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'CountryPackRefused' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'more' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'faults' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'file' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'line' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'column' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                          ],
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<DraftCountryPackMutation, DraftCountryPackMutationVariables>;
export const ProposeCountryPackDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ProposeCountryPack' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ProposeCountryPackInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'proposeCountryPack' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'CountryPackProposal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effectiveOn' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ProposeCountryPackMutation, ProposeCountryPackMutationVariables>;
export const ApproveCountryPackDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ApproveCountryPack' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ApproveCountryPackInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'approveCountryPack' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: {
                    kind: 'NamedType',
                    name: { kind: 'Name', value: 'CountryPackPublication' },
                  },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'number' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effectiveAt' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ApproveCountryPackMutation, ApproveCountryPackMutationVariables>;
export const ScheduleDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'Schedule' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'vaccinationSchedule' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'version' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'sources' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'publisher' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'year' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'series' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'antigen' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'vaccineGroup' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'doses' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'number' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'recommendedAge' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'minimumAge' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'minimumInterval' } },
                          ],
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ScheduleQuery, ScheduleQueryVariables>;
export const ProductsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'Products' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'products' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'vaccine' } },
                { kind: 'Field', name: { kind: 'Name', value: 'dosesPerVial' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ProductsQuery, ProductsQueryVariables>;
export const LanguagesDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'Languages' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'languages' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'direction' } },
                { kind: 'Field', name: { kind: 'Name', value: 'fallback' } },
                { kind: 'Field', name: { kind: 'Name', value: 'isDefault' } },
                { kind: 'Field', name: { kind: 'Name', value: 'source' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<LanguagesQuery, LanguagesQueryVariables>;
export const AddLanguageDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'AddLanguage' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'AddLanguageInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'addLanguage' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'source' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AddLanguageMutation, AddLanguageMutationVariables>;
export const SetTextDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'SetText' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'SetTextInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'setText' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<SetTextMutation, SetTextMutationVariables>;
export const MissingTextsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MissingTexts' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'language' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'missingTexts' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'language' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'language' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'IntValue', value: '5' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'total' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'items' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: '__typename' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MissingTextsQuery, MissingTextsQueryVariables>;
export const AreasBelowDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'AreasBelow' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'parentId' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'areas' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'IntValue', value: '100' },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'parentId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'parentId' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'items' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'level' } },
                    ],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'endCursor' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AreasBelowQuery, AreasBelowQueryVariables>;
export const ImportFacilitiesDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ImportFacilities' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'csv' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'dryRun' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'Boolean' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'importFacilities' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'csv' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'csv' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'dryRun' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'dryRun' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'rows' } },
                { kind: 'Field', name: { kind: 'Name', value: 'added' } },
                { kind: 'Field', name: { kind: 'Name', value: 'changed' } },
                { kind: 'Field', name: { kind: 'Name', value: 'unchanged' } },
                { kind: 'Field', name: { kind: 'Name', value: 'rejected' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'faults' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'line' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'column' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'field' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ImportFacilitiesMutation, ImportFacilitiesMutationVariables>;
export const FacilityByCodeDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'FacilityByCode' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'facilities' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'IntValue', value: '1' },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'filter' },
                value: {
                  kind: 'ObjectValue',
                  fields: [
                    {
                      kind: 'ObjectField',
                      name: { kind: 'Name', value: 'code' },
                      value: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
                    },
                  ],
                },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'items' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'areaId' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<FacilityByCodeQuery, FacilityByCodeQueryVariables>;
export const InviteStaffDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'InviteStaff' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'InviteStaffInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'inviteStaff' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'email' } },
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'roles' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'role' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'reach' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'reachId' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'rolesAsked' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'role' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<InviteStaffMutation, InviteStaffMutationVariables>;
export const DecideRoleRequestDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'DecideRoleRequest' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'DecideRoleRequestInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'decideRoleRequest' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'RoleRequest' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<DecideRoleRequestMutation, DecideRoleRequestMutationVariables>;
export const ReceiveStockDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ReceiveStock' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ReceiveStockInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'receiveStock' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'StockItem' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'lotId' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'lotNumber' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'productCode' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'doses' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'expiresOn' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ReceiveStockMutation, ReceiveStockMutationVariables>;
export const StockOfDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'StockOf' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'facilityId' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'stock' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'facilityId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'facilityId' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'IntValue', value: '100' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'asOf' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'items' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'lotId' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'lotNumber' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'productCode' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'productName' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'doses' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'expiresOn' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<StockOfQuery, StockOfQueryVariables>;
export const PlanSessionDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'PlanSession' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'PlanSessionInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'planSession' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Session' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'opensAt' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<PlanSessionMutation, PlanSessionMutationVariables>;
export const RequestSignInCodeDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'RequestSignInCode' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'phone' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'requestSignInCode' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'phone' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'phone' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'requestId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<RequestSignInCodeMutation, RequestSignInCodeMutationVariables>;
export const ConfirmSignInCodeDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ConfirmSignInCode' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ConfirmSignInCodeInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'confirmSignInCode' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'token' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ConfirmSignInCodeMutation, ConfirmSignInCodeMutationVariables>;
export const ConsentPurposesDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'ConsentPurposes' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'consentPurposes' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'version' } },
                { kind: 'Field', name: { kind: 'Name', value: 'required' } },
                { kind: 'Field', name: { kind: 'Name', value: 'language' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'text' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ConsentPurposesQuery, ConsentPurposesQueryVariables>;
export const RegisterPersonDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'RegisterPerson' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'RegisterPersonInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'registerPerson' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Person' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'birthDate' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'relation' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'LikelySamePerson' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'waysOn' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'matches' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'maskedName' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'birthYear' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'ConsentMissing' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'purposes' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<RegisterPersonMutation, RegisterPersonMutationVariables>;
export const MyPeopleDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MyPeople' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'myPeople' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'birthDateText' } },
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'relation' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MyPeopleQuery, MyPeopleQueryVariables>;
export const ForecastDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'Forecast' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'forecast' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'personId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'personId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'on' } },
                { kind: 'Field', name: { kind: 'Name', value: 'schedule' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'groups' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'vaccineGroup' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'vaccineGroupName' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'doseNumber' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'earliest' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'recommended' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'pastDue' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'rule' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'products' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [{ kind: 'Field', name: { kind: 'Name', value: 'code' } }],
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ForecastQuery, ForecastQueryVariables>;
export const AvailabilityDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'Availability' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'AvailabilityInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'availability' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'asOf' } },
                { kind: 'Field', name: { kind: 'Name', value: 'maxStalenessSeconds' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'sessions' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'facilityId' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'sessionId' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'facilityName' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'startTime' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'endTime' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'opensAt' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'bookable' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'free' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'walkInFree' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'distanceKm' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AvailabilityQuery, AvailabilityQueryVariables>;
export const HoldPlacesDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'HoldPlaces' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'HoldPlacesInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'holdPlaces' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Booking' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'facilityId' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'appointments' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'personId' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'SessionFull' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'alternatives' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'sessionId' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'free' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotOpenYet' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'opensAt' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<HoldPlacesMutation, HoldPlacesMutationVariables>;
export const ConfirmAppointmentDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ConfirmAppointment' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ConfirmAppointmentInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'confirmAppointment' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Booking' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'appointments' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'personId' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'checkInCode' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ConfirmAppointmentMutation, ConfirmAppointmentMutationVariables>;
export const RescheduleAppointmentDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'RescheduleAppointment' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'RescheduleAppointmentInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'rescheduleAppointment' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Booking' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'appointments' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'personId' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'checkInCode' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<RescheduleAppointmentMutation, RescheduleAppointmentMutationVariables>;
export const CancelAppointmentDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'CancelAppointment' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'CancelAppointmentInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'cancelAppointment' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'appointments' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'personId' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CancelAppointmentMutation, CancelAppointmentMutationVariables>;
export const CheckInDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'CheckIn' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'CheckInInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'checkIn' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Appointment' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'personId' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'WrongCode' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'triesLeft' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CheckInMutation, CheckInMutationVariables>;
export const AdmitWalkInDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'AdmitWalkIn' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'AdmitWalkInInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'admitWalkIn' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Appointment' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'personId' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AdmitWalkInMutation, AdmitWalkInMutationVariables>;
export const RecordVaccinationDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'RecordVaccination' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'RecordVaccinationInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recordVaccination' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Vaccination' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'productName' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'lotNumber' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'givenOn' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'counted' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'vaccineGroupName' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'doseNumber' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'TooEarly' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'earliestDate' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'rule' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<RecordVaccinationMutation, RecordVaccinationMutationVariables>;
export const RecordNotDoneDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'RecordNotDone' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'RecordNotDoneInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recordNotDone' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'vaccineGroup' } },
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'day' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<RecordNotDoneMutation, RecordNotDoneMutationVariables>;
export const CorrectVaccinationDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'CorrectVaccination' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'CorrectVaccinationInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'correctVaccination' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Vaccination' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'replaces' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'lotNumber' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'changeReason' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Refusal' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CorrectVaccinationMutation, CorrectVaccinationMutationVariables>;
export const VaccinationsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'Vaccinations' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'vaccinations' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'personId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'replacedToo' },
                value: { kind: 'BooleanValue', value: true },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: '__typename' } }],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<VaccinationsQuery, VaccinationsQueryVariables>;
export const LatestCertificateDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'LatestCertificate' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'language' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'certificate' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'personId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                { kind: 'Field', name: { kind: 'Name', value: 'since' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'certificate' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'number' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'issuedAt' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'qrText' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'pdf' },
                        arguments: [
                          {
                            kind: 'Argument',
                            name: { kind: 'Name', value: 'language' },
                            value: { kind: 'Variable', name: { kind: 'Name', value: 'language' } },
                          },
                        ],
                      },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'doses' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'vaccine' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'doseNumber' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'lot' } },
                          ],
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<LatestCertificateQuery, LatestCertificateQueryVariables>;
export const VerifyCertificateDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'VerifyCertificate' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'verifyCertificate' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'code' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'code' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'outcome' } },
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                { kind: 'Field', name: { kind: 'Name', value: 'issuer' } },
                { kind: 'Field', name: { kind: 'Name', value: 'issuedAt' } },
                { kind: 'Field', name: { kind: 'Name', value: 'holderName' } },
                { kind: 'Field', name: { kind: 'Name', value: 'birthDate' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'doses' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'vaccine' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'doseNumber' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'lot' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<VerifyCertificateQuery, VerifyCertificateQueryVariables>;
export const GiveStatusConsentDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'GiveStatusConsent' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'GiveStatusConsentInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'giveStatusConsent' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'consent' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<GiveStatusConsentMutation, GiveStatusConsentMutationVariables>;
export const CheckVaccinationStatusDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'CheckVaccinationStatus' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'CheckVaccinationStatusInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'checkVaccinationStatus' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'CheckedStatus' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'vaccineGroup' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'signed' } },
                    ],
                  },
                },
                {
                  kind: 'InlineFragment',
                  typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'StatusCodeUnknown' } },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'Field', name: { kind: 'Name', value: 'message' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CheckVaccinationStatusMutation, CheckVaccinationStatusMutationVariables>;
export const AccessLogDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'AccessLog' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'accessLog' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'personId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'personId' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'IntValue', value: '50' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'items' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'who' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'actionText' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'facilityName' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'purpose' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'own' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AccessLogQuery, AccessLogQueryVariables>;
export const AuditTrailDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'AuditTrail' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'auditTrail' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'IntValue', value: '5' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'items' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'actorKind' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'action' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AuditTrailQuery, AuditTrailQueryVariables>;
export const SignInIssuersDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'SignInIssuers' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'signInIssuers' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<SignInIssuersQuery, SignInIssuersQueryVariables>;
export const BeginIssuerSignInDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'BeginIssuerSignIn' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'BeginIssuerSignInInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'beginIssuerSignIn' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'url' } },
                { kind: 'Field', name: { kind: 'Name', value: 'handle' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<BeginIssuerSignInMutation, BeginIssuerSignInMutationVariables>;
export const CompleteIssuerSignInDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'CompleteIssuerSignIn' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'IssuerAnswerInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'completeIssuerSignIn' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'token' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
                { kind: 'Field', name: { kind: 'Name', value: 'next' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CompleteIssuerSignInMutation, CompleteIssuerSignInMutationVariables>;
export const SignInStaffInStepsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'SignInStaffInSteps' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'SignInInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'signInStaff' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'token' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
                { kind: 'Field', name: { kind: 'Name', value: 'next' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<SignInStaffInStepsMutation, SignInStaffInStepsMutationVariables>;
export const BeginPasskeyProofDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'BeginPasskeyProof' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [{ kind: 'Field', name: { kind: 'Name', value: 'beginPasskeyProof' } }],
      },
    },
  ],
} as unknown as DocumentNode<BeginPasskeyProofMutation, BeginPasskeyProofMutationVariables>;
export const ConfirmPasskeyDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ConfirmPasskey' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ConfirmPasskeyInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'confirmPasskey' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'token' } },
                { kind: 'Field', name: { kind: 'Name', value: 'expiresAt' } },
                { kind: 'Field', name: { kind: 'Name', value: 'next' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ConfirmPasskeyMutation, ConfirmPasskeyMutationVariables>;
export const MySecondFactorsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MySecondFactors' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'mySecondFactors' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'authenticator' } },
                { kind: 'Field', name: { kind: 'Name', value: 'recoveryCodes' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'passkeys' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'synced' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'createdAt' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'usedAt' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'refusedAt' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MySecondFactorsQuery, MySecondFactorsQueryVariables>;
export const ChangePasswordDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ChangePassword' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ChangePasswordInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'changePassword' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
