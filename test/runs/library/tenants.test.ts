import '../../threats/tenants.test.ts';
