import '../../threats/upstream.test.ts';
