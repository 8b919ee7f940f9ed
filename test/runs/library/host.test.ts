import '../../threats/host.test.ts';
