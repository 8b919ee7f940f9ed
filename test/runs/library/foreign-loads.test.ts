import '../../threats/foreign-loads.test.ts';
