// Generated from server/protocol/messages.hpp by `trede protocol`. Do not edit.

export interface AcknowledgeAlert {
  type: 'acknowledge-alert';
  request: string;
  pupil: number;
  kind: string;
  topic: string;
  agrees: boolean;
}

export interface AddClass {
  type: 'add-class';
  request: string;
  name: string;
  school_year: string;
}

export interface AddPupils {
  type: 'add-pupils';
  request: string;
  class_id: number;
  names: string[];
}

export interface AddStaff {
  type: 'add-staff';
  request: string;
  role: string;
  name: string;
}

export interface AlertRow {
  pupil: number;
  kind: string;
  cause: string;
  topic: string;
  probability: number;
  evidence: number;
  since_ms: number;
}

export interface Answer {
  text?: string;
  chosen?: number[];
}

export interface AnswerForm {
  type: string;
  options: Option[];
  unit: string;
  before: string;
  simplest: boolean;
}

export interface AskQuestion {
  type: 'ask-question';
  request: string;
  video: string;
  at_s: number;
  text: string;
}

export interface BeginSchoolSignIn {
  role: string;
}

export interface CancelLesson {
  type: 'cancel-lesson';
  request: string;
  lesson: number;
}

export interface Caption {
  language: Language;
  url: string;
}

export interface Card {
  person: number;
  role: string;
  name: string;
  class_name: string;
  class_code: string;
  secret: string;
}

export interface Cell {
  mean: number;
  sd: number;
  mastery: number;
  ready: number;
  trend: number;
  answers: number;
}

export interface ChangeClass {
  type: 'change-class';
  request: string;
  class_id: number;
  name: string;
  school_year: string;
}

export interface ChangePassword {
  current: string;
  secret: string;
}

export interface Chapter {
  at_s: number;
  title: string;
}

export interface ChildRow {
  id: number;
  name: string;
  class_name: string;
  last_active_ms: number;
  answers_today: number;
  topics: Standing[];
}

export interface ChildrenShown {
  type: 'children-shown';
  request: string;
  children: ChildRow[];
}

export interface ChoicesShown {
  type: 'choices-shown';
  request: string;
  kind: string;
  id: string;
  told: boolean;
  fewest: number;
  times: number;
  share: number;
  reasons: ReasonCount[];
  others: number;
  withheld: number;
}

export interface ChooseLevel {
  type: 'choose-level';
  request: string;
  level: string;
}

export interface ClassChanged {
  type: 'class-changed';
  class_id: number;
  sequence: number;
  pupils: PupilRow[];
  lessons: LessonRow[];
  alerts?: AlertRow[];
  gaps?: TopicGap[];
  groups?: GroupSet[];
}

export interface ClassName {
  id: number;
  name: string;
  code: string;
  demo: boolean;
}

export interface ClassShown {
  type: 'class-shown';
  request: string;
  sequence: number;
  teacher: string;
  shown: ClassName;
  classes: ClassName[];
  topics: TopicRow[];
  pupils: PupilRow[];
  lessons: LessonRow[];
  alerts: AlertRow[];
  gaps: TopicGap[];
  groups: GroupSet[];
}

export interface ClassTotals {
  name: string;
  school_year: string;
  pupils: number;
  told: boolean;
  active_week: number;
  answers_today: number;
  topics_finished: number;
  topics_growing: number;
}

export interface CloseAccount {
  type: 'close-account';
  request: string;
  person: number;
  closed: boolean;
}

export interface ConfirmCode {
  code: string;
}

export interface ContentShown {
  type: 'content-shown';
  request: string;
  author: string;
  bank_version: number;
  topics: TopicRow[];
  items: ItemRow[];
  videos: VideoRow[];
  gaps: GapCount[];
  suspects: SuspectItem[];
  all_videos: VideoEffects;
}

export interface DocumentPublished {
  type: 'document-published';
  request: string;
  problems: FieldProblem[];
  warnings: string[];
  bank_version: number;
  revision: string;
}

export interface DocumentShown {
  type: 'document-shown';
  request: string;
  kind: string;
  id: string;
  document: string;
  revision: string;
}

export interface Exercise {
  body: Segment[];
  figure?: Figure;
  form: AnswerForm;
  hints: number;
}

export interface Feedback {
  right: boolean;
  message: Segment[];
  correct_answer: Segment[];
  solution: Segment[];
}

export interface FieldProblem {
  field: string;
  message: string;
}

export interface Figure {
  type: string;
  alt: string;
  parts?: number;
  shaded?: number;
  rows?: number;
  columns?: number;
  ticks?: number;
  groups?: number;
  each?: number;
  from?: number;
  to?: number;
  mark?: number;
  labels?: string;
  tick_labels: string[];
  table: TableRow[];
}

export interface FinishSchoolSignIn {
  code: string;
  state: string;
}

export interface FinishVideo {
  type: 'finish-video';
  request: string;
  number: number;
  step: string;
  watched: number;
  elapsed_ms: number;
}

export interface Formula {
  tex: string;
  mathml: string;
}

export interface GapCount {
  topic: string;
  lacks: string;
  pupils: number;
}

export interface Group {
  pupils: number[];
  topic: string;
  video: string;
  items: string[];
}

export interface GroupMember {
  pupil: number;
  certainty: number;
  either: number;
}

export interface GroupPlan {
  topic: string;
  ready: number;
  mastered: number;
  video?: string;
  video_title: string;
  items: PlanItem[];
}

export interface GroupSet {
  id: number;
  until: string;
  groups: Group[];
}

export interface GroupWishes {
  topics: string[];
  groups: number;
  smallest: number;
  largest: number;
  apart: Pair[];
  together: Pair[];
}

export interface GroupsProposed {
  type: 'groups-proposed';
  request: string;
  topics: string[];
  groups: ProposedGroup[];
  broken_wishes: number;
}

export interface GroupsSaved {
  type: 'groups-saved';
  request: string;
  saved: GroupSet;
}

export interface HintGiven {
  type: 'hint-given';
  request: string;
  number: number;
  text: Segment[];
  left: number;
}

export interface HistoryEntry {
  number: number;
  at_ms: number;
  kind: string;
  item: string;
  topic: string;
  body: Segment[];
  figure?: Figure;
  answer: string;
  correct_answer: Segment[];
  right: boolean;
  hints: number;
  elapsed_ms: number;
  rapid: boolean;
  reason: Reason;
  mean_after: number;
  sd_after: number;
}

export interface ItemName {
  id: string;
  topic: string;
  preview: string;
}

export interface ItemRow {
  id: string;
  topic: string;
  type: string;
  preview: string;
  difficulty: number;
  status: string;
  enrichment: boolean;
  answers: number;
  right_share: number;
  right_low: number;
  right_high: number;
  predicted_share: number;
  exposure: number;
  reports: number;
  learned_difficulty?: number;
  learned_margin?: number;
}

export interface ItemTried {
  type: 'item-tried';
  request: string;
  problems: FieldProblem[];
  warnings: string[];
  exercise?: Exercise;
  hints: Segment[][];
  feedback?: Feedback;
  answer_invalid: boolean;
}

export type Language = 'nl' | 'en';

export interface LessonPlanned {
  type: 'lesson-planned';
  request: string;
  lesson: LessonRow;
}

export interface LessonPupil {
  id: number;
  name: string;
  watched: number;
  readiness: number;
  sd: number;
  checks_done: number;
  checks_right: number;
}

export interface LessonRow {
  id: number;
  topic: string;
  date: string;
  cancelled: boolean;
}

export interface LessonShown {
  type: 'lesson-shown';
  request: string;
  lesson: LessonRow;
  topic_title: string;
  video?: VideoView;
  pupils: LessonPupil[];
  questions: Question[];
}

export interface ListContent {
  type: 'list-content';
  request: string;
  language: Language;
}

export interface MakeSecrets {
  type: 'make-secrets';
  request: string;
  people: number[];
}

export interface MediaSource {
  url: string;
  mime: string;
}

export interface MediaStored {
  file: string;
  mime: string;
}

export interface Noted {
  type: 'noted';
  request: string;
}

export interface OpenChildren {
  type: 'open-children';
  request: string;
  language: Language;
}

export interface OpenChoices {
  type: 'open-choices';
  request: string;
  kind: string;
  id: string;
}

export interface OpenDocument {
  type: 'open-document';
  request: string;
  kind: string;
  id: string;
}

export interface OpenPupil {
  type: 'open-pupil';
  request: string;
  pupil: number;
  before?: number;
}

export interface OpenSchool {
  type: 'open-school';
  request: string;
  language: Language;
}

export interface OpenSignIn {
  type: 'open-sign-in';
  request: string;
  class_id: number;
}

export interface OpenStandings {
  type: 'open-standings';
  request: string;
}

export interface OpenSteering {
  type: 'open-steering';
  request: string;
  class_id: number;
  pupil: number;
}

export interface OpenSteeringPast {
  type: 'open-steering-past';
  request: string;
  class_id: number;
}

export interface OpenSuspects {
  type: 'open-suspects';
  request: string;
}

export interface OpenTalents {
  type: 'open-talents';
  request: string;
  language: Language;
}

export interface OpenTotals {
  type: 'open-totals';
  request: string;
  language: Language;
}

export interface OpenVideo {
  type: 'open-video';
  request: string;
  video: string;
}

export interface Option {
  text: Segment[];
  figure?: Figure;
}

export interface Pair {
  first: number;
  second: number;
}

export interface PersonRow {
  id: number;
  role: string;
  name: string;
  classes: number[];
  children: number[];
  closed: boolean;
  second_step: boolean;
  school_account: boolean;
}

export interface Placement {
  given: number;
  least: number;
  most: number;
  subject: string;
}

export interface PlanItem {
  id: string;
  body: Segment[];
  figure?: Figure;
  predicted: number;
}

export interface PlanLesson {
  type: 'plan-lesson';
  request: string;
  class_id: number;
  topic: string;
  date: string;
}

export interface PlanProposed {
  type: 'plan-proposed';
  request: string;
  plan: GroupPlan;
}

export interface Practised {
  answers: number;
  right: number;
  pupils: number;
  gain: number;
}

export interface ProposeGroups {
  type: 'propose-groups';
  request: string;
  class_id: number;
  wishes: GroupWishes;
}

export interface ProposePlan {
  type: 'propose-plan';
  request: string;
  class_id: number;
  pupils: number[];
  topics: string[];
}

export interface ProposedGroup {
  members: GroupMember[];
  plan: GroupPlan;
}

export interface ProvePassword {
  current: string;
}

export interface PublishDocument {
  type: 'publish-document';
  request: string;
  kind: string;
  document: string;
  formulas: Formula[];
  revision: string;
}

export interface PupilHello {
  type: 'pupil-hello';
  request: string;
  language: Language;
  last_number: number;
}

export interface PupilRow {
  id: number;
  name: string;
  online: boolean;
  last_active_ms: number;
  answers_today: number;
  right_today: number;
  now_kind: string;
  now_topic: string;
  now_reason: string;
  cells: Cell[];
}

export interface PupilShown {
  type: 'pupil-shown';
  request: string;
  pupil: PupilRow;
  history: HistoryEntry[];
}

export interface PupilSteering {
  pupil: number;
  steering: Steering;
}

export interface PupilWelcome {
  type: 'pupil-welcome';
  request: string;
  name: string;
  class_name: string;
  demo: boolean;
  number: number;
  lost: boolean;
  answers_today: number;
  step: Step;
}

export interface PutAside {
  type: 'put-aside';
  request: string;
  number: number;
  step: string;
  why: string;
}

export interface Question {
  pupil: number;
  name: string;
  at_s: number;
  text: string;
  asked_ms: number;
}

export interface Reason {
  code: string;
  topic: string;
  predicted: number;
  target: number;
  mastery: number;
  probability: number;
  candidates: number;
}

export interface ReasonCount {
  code: string;
  times: number;
  predicted: number;
  probability: number;
  least: number;
}

export interface Refused {
  type: 'refused';
  request: string;
  code: string;
  detail: string;
}

export interface RemoveSecondStep {
  type: 'remove-second-step';
  request: string;
  person: number;
}

export interface RenamePerson {
  type: 'rename-person';
  request: string;
  person: number;
  name: string;
}

export interface ReportItem {
  type: 'report-item';
  request: string;
  step: string;
}

export interface ReportVideo {
  type: 'report-video';
  request: string;
  video: string;
  position_s: number;
  watched: number;
}

export interface SaveGroups {
  type: 'save-groups';
  request: string;
  class_id: number;
  replaces: number;
  groups: Group[];
}

export interface SchoolAccountState {
  name: string;
  linked: boolean;
}

export interface SchoolAccounts {
  name: string;
}

export interface SchoolAddress {
  address: string;
}

export interface SchoolClassRow {
  id: number;
  name: string;
  code: string;
  school_year: string;
}

export interface SchoolReturned {
  role: string;
  name: string;
  linked: boolean;
}

export interface SchoolShown {
  type: 'school-shown';
  request: string;
  school: string;
  administrator: number;
  school_years: SchoolYearName[];
  classes: SchoolClassRow[];
  people: PersonRow[];
  cards: Card[];
}

export interface SchoolYearName {
  id: string;
  title: string;
}

export interface SecondStepOffered {
  address: string;
  secret: string;
}

export interface SecondStepState {
  on: boolean;
}

export interface Segment {
  kind: string;
  value: string;
}

export interface SetChildren {
  type: 'set-children';
  request: string;
  person: number;
  children: number[];
}

export interface SetClasses {
  type: 'set-classes';
  request: string;
  person: number;
  classes: number[];
}

export interface SetRole {
  type: 'set-role';
  request: string;
  person: number;
  role: string;
}

export interface SetSignIn {
  type: 'set-sign-in';
  request: string;
  class_id: number;
  now: string;
  hours: SignInHours;
}

export interface SetSteering {
  type: 'set-steering';
  request: string;
  class_id: number;
  pupil: number;
  steering: Steering;
}

export interface SetUp {
  token: string;
  school: string;
  name: string;
  secret: string;
}

export interface SignIn {
  role: string;
  class_code: string;
  name: string;
  secret: string;
  code?: string;
}

export interface SignInHours {
  week_from: number;
  week_until: number;
  weekend_from: number;
  weekend_until: number;
}

export interface SignInShown {
  type: 'sign-in-shown';
  request: string;
  class_id: number;
  open: boolean;
  now: string;
  until_ms: number;
  hours: SignInHours;
}

export interface SignOutEverywhere {
  type: 'sign-out-everywhere';
  request: string;
  person: number;
}

export interface SignedIn {
  role: string;
  name: string;
}

export interface SkipPlacement {
  type: 'skip-placement';
  request: string;
}

export interface Standing {
  topic: string;
  title: string;
  goal: string;
  domain: string;
  stage: string;
  finished: boolean;
  finished_higher: boolean;
  closed_early: boolean;
  wants_refreshing: boolean;
  mastery: number;
  answers: number;
  video?: string;
}

export interface StandingsShown {
  type: 'standings-shown';
  request: string;
  topics: Standing[];
}

export interface Steering {
  topics: string[];
  must_do: string[];
  until: string;
  blocked_items: string[];
  level: string;
  paused: boolean;
}

export interface SteeringPastShown {
  type: 'steering-past-shown';
  request: string;
  class_id: number;
  periods: SteeringPeriod[];
}

export interface SteeringPeriod {
  pupil: number;
  from_ms: number;
  to_ms: number;
  steering: Steering;
  during: Practised;
  before: Practised;
}

export interface SteeringShown {
  type: 'steering-shown';
  request: string;
  class_id: number;
  pupil: number;
  steering: Steering;
  pupils: PupilSteering[];
  items: ItemName[];
}

export interface Step {
  number: number;
  id: string;
  kind: string;
  topic: string;
  reason: Reason;
  exercise?: Exercise;
  video?: VideoView;
  lesson_date?: string;
  placement?: Placement;
  level: string;
  level_fixed: boolean;
  may_put_aside: boolean;
}

export interface StepJudged {
  type: 'step-judged';
  request: string;
  number: number;
  feedback?: Feedback;
  stage_before: string;
  stage_after: string;
  topic_news: string;
  rapid: boolean;
  suspect: boolean;
  placement_ended: boolean;
  answers_today: number;
  next: Step;
}

export interface StepOffered {
  type: 'step-offered';
  request: string;
  step: Step;
}

export interface SubmitAnswer {
  type: 'submit-answer';
  request: string;
  number: number;
  step: string;
  answer: Answer;
  elapsed_ms: number;
}

export interface SuspectItem {
  item: string;
  topic: string;
  preview: string;
  answers: number;
  right_share: number;
  predicted_share: number;
  signs: SuspectSign[];
}

export interface SuspectSign {
  why: string;
  pupils: number;
  last_ms: number;
}

export interface SuspectsShown {
  type: 'suspects-shown';
  request: string;
  items: SuspectItem[];
}

export interface TableRow {
  label: string;
  cells: string[];
}

export interface TakeHint {
  type: 'take-hint';
  request: string;
  number: number;
  elapsed_ms?: number;
}

export interface TalentRow {
  pupil: number;
  name: string;
  class_name: string;
  ahead: number;
  growth: number;
  enrichment: number;
  topics: string[];
  last_active_ms: number;
}

export interface TalentsShown {
  type: 'talents-shown';
  request: string;
  pupils: TalentRow[];
}

export interface TopicGap {
  topic: string;
  lacks: string;
  pupils: number[];
}

export interface TopicRow {
  id: string;
  title: string;
  goal: string;
  domain: string;
  school_year: string;
  reference: string;
  level: number;
  cut: number;
  prerequisites: string[];
  enrichment: boolean;
  items: number;
  video?: string;
}

export interface TotalsShown {
  type: 'totals-shown';
  request: string;
  school: string;
  classes: ClassTotals[];
}

export interface TryItem {
  type: 'try-item';
  request: string;
  document: string;
  formulas: Formula[];
  seed: number;
  language: Language;
  answer?: Answer;
}

export interface UnlinkSchoolAccount {
  type: 'unlink-school-account';
  request: string;
  person: number;
}

export interface VideoEffect {
  known: boolean;
  before: number;
  after: number;
  low: number;
  high: number;
  logits: number;
  sd: number;
}

export interface VideoEffects {
  novice: VideoEffect;
  other: VideoEffect;
}

export interface VideoRow {
  id: string;
  topic: string;
  title: string;
  seconds: number;
  viewings: number;
  effects: VideoEffects;
}

export interface VideoShown {
  type: 'video-shown';
  request: string;
  video: VideoView;
}

export interface VideoView {
  id: string;
  title: string;
  seconds: number;
  sources: MediaSource[];
  poster: string;
  captions: Caption[];
  chapters: Chapter[];
  position_s: number;
  watched: number;
}

export interface WatchClass {
  type: 'watch-class';
  request: string;
  language: Language;
  class_id: number;
}

export interface WatchLesson {
  type: 'watch-lesson';
  request: string;
  lesson: number;
}

export type PupilMessage =
  | PupilHello
  | SubmitAnswer
  | FinishVideo
  | TakeHint
  | ReportVideo
  | AskQuestion
  | SkipPlacement
  | ChooseLevel
  | PutAside
  | ReportItem
  | OpenStandings
  | OpenVideo;

export type TeacherMessage =
  | WatchClass
  | OpenPupil
  | PlanLesson
  | CancelLesson
  | WatchLesson
  | AcknowledgeAlert
  | ProposeGroups
  | ProposePlan
  | SaveGroups
  | OpenSteering
  | SetSteering
  | OpenSteeringPast
  | OpenSuspects
  | OpenSignIn
  | SetSignIn;

export type AuthorMessage =
  | ListContent
  | OpenDocument
  | OpenChoices
  | TryItem
  | PublishDocument;

export type AdministratorMessage =
  | OpenSchool
  | AddClass
  | ChangeClass
  | AddPupils
  | AddStaff
  | RenamePerson
  | SetClasses
  | SetChildren
  | SetRole
  | MakeSecrets
  | SignOutEverywhere
  | CloseAccount
  | RemoveSecondStep
  | UnlinkSchoolAccount;

export type OverviewMessage =
  | OpenChildren
  | OpenTotals
  | OpenTalents;

export type ServerMessage =
  | PupilWelcome
  | StepJudged
  | StepOffered
  | HintGiven
  | Noted
  | StandingsShown
  | VideoShown
  | ClassShown
  | ClassChanged
  | PupilShown
  | LessonPlanned
  | LessonShown
  | GroupsProposed
  | PlanProposed
  | GroupsSaved
  | SteeringShown
  | SteeringPastShown
  | SuspectsShown
  | ContentShown
  | DocumentShown
  | ChoicesShown
  | ItemTried
  | DocumentPublished
  | Refused
  | SchoolShown
  | SignInShown
  | ChildrenShown
  | TotalsShown
  | TalentsShown;
