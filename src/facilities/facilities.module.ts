import { Global, Module } from '@nestjs/common';
import { ImportReport } from '../platform/tables';
import { Areas } from './areas/areas';
import { AreasResolver } from './areas/areas.resolver';
import { AreasStore } from './areas/areas.store';
import { ChangeFacility } from './places/change-facility';
import { FacilitiesResolver } from './places/facilities.resolver';
import { FacilitiesStore } from './places/facilities.store';
import { ImportFacilities } from './places/import-facilities';
import { Places } from './places/places';
import { ReadFacilities } from './places/read-facilities';
import { RegisterFacility } from './places/register-facility';
import { AskForRoles } from './role-requests/ask-for-roles';
import { DecideRoleRequest } from './role-requests/decide-role-request';
import { NameUserAdmin } from './role-requests/name-user-admin';
import { ReadRoleRequests } from './role-requests/read-role-requests';
import { RoleRequestsResolver } from './role-requests/role-requests.resolver';
import { RoleRequestsStore } from './role-requests/role-requests.store';
import { TellDeciders } from './role-requests/tell-deciders';
import { ChangeSession } from './sessions/change-session';
import { EndSession } from './sessions/end-session';
import { PlanSession } from './sessions/plan-session';
import { ReadSessions } from './sessions/read-sessions';
import { SessionPlaces } from './sessions/session-places.store';
import { SessionsResolver } from './sessions/sessions.resolver';
import { SessionsStore } from './sessions/sessions.store';
import { EndStaffRoles } from './staff/end-staff-roles';
import { InviteStaff } from './staff/invite-staff';
import { ReadStaff } from './staff/read-staff';
import { StaffResolver } from './staff/staff.resolver';
import { ResetSecondFactor } from './staff/reset-second-factor';
import { SignOutStaff } from './staff/sign-out-staff';
import { WriteToStaff } from './staff/write-to-staff';
import { SuspendStaff } from './staff/suspend-staff';

@Global()
@Module({
  providers: [
    Areas,
    AreasResolver,
    AreasStore,
    AskForRoles,
    ChangeFacility,
    ChangeSession,
    DecideRoleRequest,
    EndSession,
    FacilitiesResolver,
    FacilitiesStore,
    ImportFacilities,
    ImportReport,
    InviteStaff,
    NameUserAdmin,
    Places,
    PlanSession,
    ReadFacilities,
    ReadRoleRequests,
    ReadSessions,
    ReadStaff,
    RegisterFacility,
    RoleRequestsResolver,
    RoleRequestsStore,
    SessionPlaces,
    SessionsResolver,
    SessionsStore,
    StaffResolver,
    ResetSecondFactor,
    SignOutStaff,
    EndStaffRoles,
    SuspendStaff,
    TellDeciders,
    WriteToStaff,
  ],
  exports: [Areas, FacilitiesStore, Places, SessionPlaces, SessionsStore, WriteToStaff],
})
export class FacilitiesModule {}
