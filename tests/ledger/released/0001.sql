BEGIN TRANSACTION;
CREATE TABLE account (
    book TEXT NOT NULL,
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    normal TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (book, code),
    CONSTRAINT fk_account_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_account_normal CHECK (normal IN ('debit', 'credit'))
)
 STRICT;
INSERT INTO "account" VALUES('main','1002','银行存款','Bank','debit',1);
INSERT INTO "account" VALUES('main','1012.01','其他货币资金—支付宝','Alipay','debit',1);
INSERT INTO "account" VALUES('main','1012.02','其他货币资金—平台保证金','Platform margin','debit',1);
INSERT INTO "account" VALUES('main','1122.01','应收账款—平台担保交易','Platform escrow','debit',1);
INSERT INTO "account" VALUES('main','1122.02','应收账款—货到付款','COD clearing','debit',1);
INSERT INTO "account" VALUES('main','1122.03','应收账款—分销商','Distributor receivable','debit',1);
INSERT INTO "account" VALUES('main','1123.01','预付账款—推广充值','Prepaid promotion','debit',1);
INSERT INTO "account" VALUES('main','1221.01','其他应收款—快递理赔','Courier claims','debit',1);
INSERT INTO "account" VALUES('main','1221.02','其他应收款—积分结算','Points clearing','debit',1);
INSERT INTO "account" VALUES('main','1221.09','其他应收款—待查款项','Suspense','debit',1);
INSERT INTO "account" VALUES('main','1405','库存商品','Inventory','debit',1);
INSERT INTO "account" VALUES('main','1406','发出商品','Goods in transit','debit',1);
INSERT INTO "account" VALUES('main','2202.01','应付账款—快递公司','Courier payable','credit',1);
INSERT INTO "account" VALUES('main','2203.01','预收账款—未完成订单','Contract liability','credit',1);
INSERT INTO "account" VALUES('main','2203.02','预收账款—优惠券','Coupon liability','credit',1);
INSERT INTO "account" VALUES('main','2211','应付职工薪酬','Wages payable','credit',1);
INSERT INTO "account" VALUES('main','2241.01','其他应付款—部门活动经费','Department activity fund','credit',1);
INSERT INTO "account" VALUES('main','2241.02','其他应付款—待付买家','Payable to buyers','credit',1);
INSERT INTO "account" VALUES('main','2241.03','其他应付款—待付分销商','Payable to distributors','credit',1);
INSERT INTO "account" VALUES('main','3001','实收资本','Paid-in capital','credit',1);
INSERT INTO "account" VALUES('main','3103','本年利润','Profit of the year','credit',1);
INSERT INTO "account" VALUES('main','3104','利润分配','Retained earnings','credit',1);
INSERT INTO "account" VALUES('main','5001.01','主营业务收入—商品销售','Sales revenue','credit',1);
INSERT INTO "account" VALUES('main','5001.02','主营业务收入—销售退回','Sales returns','debit',1);
INSERT INTO "account" VALUES('main','5001.03','主营业务收入—销售折让','Sales allowances','debit',1);
INSERT INTO "account" VALUES('main','5051.01','其他业务收入—运费','Freight income','credit',1);
INSERT INTO "account" VALUES('main','5051.02','其他业务收入—佣金扣回','Commission recovery','credit',1);
INSERT INTO "account" VALUES('main','5051.03','其他业务收入—发票税费扣回','Invoice-tax recovery','credit',1);
INSERT INTO "account" VALUES('main','5051.04','其他业务收入—多开发票税点','Over-invoice fee','credit',1);
INSERT INTO "account" VALUES('main','5301.01','营业外收入—优惠券失效','Coupon breakage','credit',1);
INSERT INTO "account" VALUES('main','5301.02','营业外收入—理赔溢额','Claim gain','credit',1);
INSERT INTO "account" VALUES('main','5601.01','销售费用—运费','Freight expense','debit',1);
INSERT INTO "account" VALUES('main','5601.02','销售费用—平台佣金','Commission expense','debit',1);
INSERT INTO "account" VALUES('main','5601.03','销售费用—信用卡手续费','Card fee expense','debit',1);
INSERT INTO "account" VALUES('main','5601.04','销售费用—售后补偿','After-sales compensation','debit',1);
INSERT INTO "account" VALUES('main','5601.05','销售费用—营销','Marketing expense','debit',1);
INSERT INTO "account" VALUES('main','5601.06','销售费用—延迟发货赔付','Late-shipment penalty','debit',1);
INSERT INTO "account" VALUES('main','5601.07','销售费用—平台服务费','Platform service fees','debit',1);
INSERT INTO "account" VALUES('main','5601.08','销售费用—推广','Promotion','debit',1);
INSERT INTO "account" VALUES('main','5602.01','管理费用—员工奖励','Staff reward expense','debit',1);
INSERT INTO "account" VALUES('main','5711.01','营业外支出—存货损失','Inventory loss','debit',1);
INSERT INTO "account" VALUES('main','5711.02','营业外支出—平台罚款','Platform fines','debit',1);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE book (
    book TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_book PRIMARY KEY (book),
    CONSTRAINT ck_book_currency CHECK (currency = 'CNY'),
    CONSTRAINT ck_book_name CHECK (length(book) BETWEEN 1 AND 255)
)
 STRICT;
INSERT INTO "book" VALUES('main','CNY','2026-10-12T02:00:00.000000Z');
CREATE TABLE entry_seal (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_entry_seal PRIMARY KEY (book, seq),
    CONSTRAINT fk_entry_seal_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT ck_entry_seal_prev_hash CHECK (length(prev_hash) = 64),
    CONSTRAINT ck_entry_seal_hash CHECK (length(hash) = 64)
)
 WITHOUT ROWID,
 STRICT;
INSERT INTO "entry_seal" VALUES('main',1,'0000000000000000000000000000000000000000000000000000000000000000','71189a56dc1459f2033e0acadfc598f804225650daf6bc4d485a0079c394b626');
INSERT INTO "entry_seal" VALUES('main',2,'71189a56dc1459f2033e0acadfc598f804225650daf6bc4d485a0079c394b626','d3700f1c07f3f8aa499a16a5d8816b708010f7dfad241390db286e8ca3dfb5f8');
INSERT INTO "entry_seal" VALUES('main',3,'d3700f1c07f3f8aa499a16a5d8816b708010f7dfad241390db286e8ca3dfb5f8','de2863bef5dc60d1e24ce673f0204f9ae6ead1da579f18dccf154822381a4392');
INSERT INTO "entry_seal" VALUES('main',4,'de2863bef5dc60d1e24ce673f0204f9ae6ead1da579f18dccf154822381a4392','af3513450fe388b49d5e0578fe19e0601c880b7f463d240fcb13dc3f296ccffc');
INSERT INTO "entry_seal" VALUES('main',5,'af3513450fe388b49d5e0578fe19e0601c880b7f463d240fcb13dc3f296ccffc','202cdc7a933c0d36c5d196b6150dd9111fd2702fdaf3716b4a9a8be31cdc7d7f');
INSERT INTO "entry_seal" VALUES('main',6,'202cdc7a933c0d36c5d196b6150dd9111fd2702fdaf3716b4a9a8be31cdc7d7f','8d307d8425cc1179316ff155f4675a16ce7b179fbb7c7ec0c5b531f56e6c978f');
CREATE TABLE journal_entry (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    period TEXT NOT NULL,
    voucher_no INTEGER,
    narration TEXT NOT NULL,
    order_no TEXT,
    claim_no TEXT,
    reverses INTEGER,
    command TEXT NOT NULL,
    "key" TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    source TEXT,
    actor TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (book, seq),
    CONSTRAINT fk_journal_entry_entry_seal FOREIGN KEY(book, seq) REFERENCES entry_seal (book, seq) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_journal_entry_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no),
    CONSTRAINT fk_journal_entry_reverses FOREIGN KEY(book, reverses) REFERENCES journal_entry (book, seq),
    CONSTRAINT uq_journal_entry_command UNIQUE (book, command, "key"),
    CONSTRAINT uq_journal_entry_reverses UNIQUE (book, reverses),
    CONSTRAINT uq_journal_entry_period UNIQUE (book, period, voucher_no),
    CONSTRAINT ck_journal_entry_kind CHECK (kind IN ('opening', 'order_paid', 'order_confirmed', 'order_delivered', 'statement', 'payment', 'settlement', 'memorandum', 'reversal', 'closing')),
    CONSTRAINT ck_journal_entry_request_digest CHECK (length(request_digest) = 64),
    CONSTRAINT ck_journal_entry_seq CHECK (seq >= 1),
    CONSTRAINT ck_journal_entry_effective_on CHECK (effective_on LIKE '____-__-__'),
    CONSTRAINT ck_journal_entry_period CHECK (period = substr(effective_on, 1, 7)),
    CONSTRAINT ck_journal_entry_voucher_no CHECK (voucher_no >= 1),
    CONSTRAINT ck_journal_entry_memorandum CHECK ((kind = 'memorandum') = (voucher_no IS NULL)),
    CONSTRAINT ck_journal_entry_reverses CHECK (reverses IS NULL OR kind IN ('reversal', 'memorandum')),
    CONSTRAINT ck_journal_entry_reversal CHECK (kind <> 'reversal' OR reverses IS NOT NULL),
    CONSTRAINT ck_journal_entry_reverses_earlier CHECK (reverses < seq),
    CONSTRAINT ck_journal_entry_key CHECK (length(key) BETWEEN 1 AND 255)
)
 WITHOUT ROWID,
 STRICT;
INSERT INTO "journal_entry" VALUES('main',1,'order_paid','2026-10-12','2026-10',1,'买家付款','O1',NULL,NULL,'post','a','25a4114562d29137d986f02d3ca14269a735124133318da56ad2b1afe4c92d60','orders.csv:2','wang','2026-10-12T02:00:00.000000Z',1);
INSERT INTO "journal_entry" VALUES('main',2,'settlement','2026-10-12','2026-10',2,'买家付款','O1','C1',NULL,'record','C1','62b3216cd53fd258bb5d2713cb037dc06966ae85a400e2ee3f410305673f9100','approved by li','wang','2026-10-12T02:00:00.000000Z',3);
INSERT INTO "journal_entry" VALUES('main',3,'memorandum','2026-10-12','2026-10',NULL,'补寄','O1','M1',NULL,'record','M1','8c1a8a95db608977bb142ca0d7d1377ee28a1de803bf007aa2f75f105f324c00',NULL,'wang','2026-10-12T02:00:00.000000Z',3);
INSERT INTO "journal_entry" VALUES('main',4,'reversal','2026-10-12','2026-10',3,'冲销第 1 号: 错账','O1',NULL,1,'reverse','1','919dbce3b9a5d803a9af633ebf5e398305e054cad82f9cfc44e781968f6b9878',NULL,'wang','2026-10-12T02:00:00.000000Z',4);
INSERT INTO "journal_entry" VALUES('main',5,'order_paid','2026-10-12','2026-10',4,'买家付款',NULL,NULL,NULL,'post','late','606d76addb7825f3449e9258b255b486d9668347a0da02b0dc712eec02199e24',NULL,'wang','2026-11-03T02:00:00.000000Z',6);
INSERT INTO "journal_entry" VALUES('main',6,'settlement','2026-11-02','2026-11',1,'买家付款','O1','C2',NULL,'record','C2','54d116da7a5d59c80da11f119498062c703c1264d3c7fe34267aa5e694ee5dc0','approved by li','wang','2026-11-03T02:00:00.000000Z',7);
CREATE TABLE operation (
    book TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    command TEXT NOT NULL,
    subject TEXT NOT NULL,
    digest TEXT NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    actor TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_operation PRIMARY KEY (book, op_no),
    CONSTRAINT fk_operation_book FOREIGN KEY(book) REFERENCES book (book),
    CONSTRAINT ck_operation_command CHECK (command IN ('open', 'facts', 'rulebook', 'statement', 'close', 'reopen')),
    CONSTRAINT ck_operation_digest CHECK (length(digest) = 64),
    CONSTRAINT ck_operation_prev_hash CHECK (length(prev_hash) = 64),
    CONSTRAINT ck_operation_hash CHECK (length(hash) = 64)
)
 STRICT;
INSERT INTO "operation" VALUES('main',1,'open','main','01928c06456d1842645cab092603ed0ded212ccccef66a8a04b63d54ee122881',0,'0000000000000000000000000000000000000000000000000000000000000000','wang','2026-10-12T02:00:00.000000Z','0000000000000000000000000000000000000000000000000000000000000000','32efa244fefad48f269e306e9d5156d4b88566468e29ec717683b269bf843bb3');
INSERT INTO "operation" VALUES('main',2,'facts','O1','a7993d549be7f5755ef0fb040f08359499d17b343cbb8c3483103b736034abdd',1,'71189a56dc1459f2033e0acadfc598f804225650daf6bc4d485a0079c394b626','wang','2026-10-12T02:00:00.000000Z','32efa244fefad48f269e306e9d5156d4b88566468e29ec717683b269bf843bb3','be0c30f1eb65bcc619565ea15e3d103322c100ede51bcbe024b37a5ec3fc117c');
INSERT INTO "operation" VALUES('main',3,'rulebook','rulebook-1','e42c558602ae309e26483fc322b510811f3317b809d581e476c5bb1282d49e06',1,'71189a56dc1459f2033e0acadfc598f804225650daf6bc4d485a0079c394b626','wang','2026-10-12T02:00:00.000000Z','be0c30f1eb65bcc619565ea15e3d103322c100ede51bcbe024b37a5ec3fc117c','21f5d7af91759079ed80d1edc4996d924bf35546bd97c15462ce88a832f75da1');
INSERT INTO "operation" VALUES('main',4,'statement','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','273efd6bf3e5b80377b112e36cae34c29df3eade86d009649dfc8eb3368c8c65',3,'de2863bef5dc60d1e24ce673f0204f9ae6ead1da579f18dccf154822381a4392','wang','2026-10-12T02:00:00.000000Z','21f5d7af91759079ed80d1edc4996d924bf35546bd97c15462ce88a832f75da1','83b044ac8fc175299c2aea4ee4a765db0f8fc937e532fcd959084ee8192dd938');
INSERT INTO "operation" VALUES('main',5,'close','2026-10','803a6c946c5cdaacbbe991d011350d9e16d7394329d2fa83c6efe5c4f57bafb9',4,'af3513450fe388b49d5e0578fe19e0601c880b7f463d240fcb13dc3f296ccffc','wang','2026-10-12T02:00:00.000000Z','83b044ac8fc175299c2aea4ee4a765db0f8fc937e532fcd959084ee8192dd938','ca71e96c2038fb5d565fa5d4e1992a7f029907ee5b2f3c445f55c1a922c43448');
INSERT INTO "operation" VALUES('main',6,'reopen','2026-10','0d64e55fa119c5e9715566ca89c572604d85b6fdf99afbdc67e855ad23843a35',4,'af3513450fe388b49d5e0578fe19e0601c880b7f463d240fcb13dc3f296ccffc','wang','2026-11-03T02:00:00.000000Z','ca71e96c2038fb5d565fa5d4e1992a7f029907ee5b2f3c445f55c1a922c43448','1ef9e63517ecc9c79185aa5a0695fd8521ce3e3a224aca360ad823a7114c85f4');
INSERT INTO "operation" VALUES('main',7,'close','2026-10','81697ec2da99c7bb1ff4ebb3264690cbb6c396921d4e800f19de1b23d37ca1b0',5,'202cdc7a933c0d36c5d196b6150dd9111fd2702fdaf3716b4a9a8be31cdc7d7f','wang','2026-11-03T02:00:00.000000Z','1ef9e63517ecc9c79185aa5a0695fd8521ce3e3a224aca360ad823a7114c85f4','30487c79367f38d346c88045995afbedda503856b5eb47840cec02dadb97326b');
CREATE TABLE order_facts (
    book TEXT NOT NULL,
    order_no TEXT NOT NULL,
    version INTEGER NOT NULL,
    facts_json TEXT NOT NULL,
    source TEXT,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_order_facts PRIMARY KEY (book, order_no, version),
    CONSTRAINT fk_order_facts_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_order_facts_op_no UNIQUE (book, op_no),
    CONSTRAINT ck_order_facts_version CHECK (version >= 1)
)
 STRICT;
INSERT INTO "order_facts" VALUES('main','O1',1,'{}','orders.csv:2',2);
CREATE TABLE period_event (
    book TEXT NOT NULL,
    period TEXT NOT NULL,
    version INTEGER NOT NULL,
    action TEXT NOT NULL,
    entries INTEGER NOT NULL,
    debit_fen INTEGER NOT NULL,
    credit_fen INTEGER NOT NULL,
    figures_json TEXT NOT NULL,
    reason TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_period_event PRIMARY KEY (book, period, version),
    CONSTRAINT fk_period_event_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_period_event_op_no UNIQUE (book, op_no),
    CONSTRAINT ck_period_event_action CHECK (action IN ('close', 'reopen')),
    CONSTRAINT ck_period_event_version CHECK (version >= 1),
    CONSTRAINT ck_period_event_turns CHECK (((version & 1) = 1) = (action = 'close')),
    CONSTRAINT ck_period_event_balanced CHECK (debit_fen = credit_fen),
    CONSTRAINT ck_period_event_period CHECK (period LIKE '____-__')
)
 STRICT;
INSERT INTO "period_event" VALUES('main','2026-10',1,'close',4,450,450,'{"1122.01":[0,200,250,-50],"2203.01":[0,250,200,50]}','月结',5);
INSERT INTO "period_event" VALUES('main','2026-10',2,'reopen',4,450,450,'{"1122.01":[0,200,250,-50],"2203.01":[0,250,200,50]}','漏记',6);
INSERT INTO "period_event" VALUES('main','2026-10',3,'close',5,1350,1350,'{"1122.01":[0,1100,250,850],"2203.01":[0,250,1100,-850]}','月结',7);
CREATE TABLE posting (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    narration TEXT NOT NULL,
    CONSTRAINT pk_posting PRIMARY KEY (book, seq, line),
    CONSTRAINT fk_posting_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_posting_account FOREIGN KEY(book, account) REFERENCES account (book, code),
    CONSTRAINT ck_posting_line CHECK (line >= 1),
    CONSTRAINT ck_posting_currency CHECK (currency = 'CNY'),
    CONSTRAINT ck_posting_amount_fen CHECK (amount_fen <> 0 AND amount_fen BETWEEN -1000000000000 AND 1000000000000)
)
 WITHOUT ROWID,
 STRICT;
INSERT INTO "posting" VALUES('main',1,1,'1122.01','CNY',200,'');
INSERT INTO "posting" VALUES('main',1,2,'2203.01','CNY',-200,'');
INSERT INTO "posting" VALUES('main',2,1,'1122.01','CNY',-50,'');
INSERT INTO "posting" VALUES('main',2,2,'2203.01','CNY',50,'');
INSERT INTO "posting" VALUES('main',4,1,'1122.01','CNY',-200,'');
INSERT INTO "posting" VALUES('main',4,2,'2203.01','CNY',200,'');
INSERT INTO "posting" VALUES('main',5,1,'1122.01','CNY',900,'');
INSERT INTO "posting" VALUES('main',5,2,'2203.01','CNY',-900,'');
INSERT INTO "posting" VALUES('main',6,1,'1122.01','CNY',-50,'');
INSERT INTO "posting" VALUES('main',6,2,'2203.01','CNY',50,'');
CREATE TABLE refund_step (
    book TEXT NOT NULL,
    subject TEXT NOT NULL,
    bucket TEXT NOT NULL,
    step INTEGER NOT NULL,
    prev_step INTEGER,
    seq INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    before_fen INTEGER NOT NULL,
    after_fen INTEGER NOT NULL,
    CONSTRAINT pk_refund_step PRIMARY KEY (book, subject, bucket, step),
    CONSTRAINT fk_refund_step_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_refund_step_prev FOREIGN KEY(book, subject, bucket, prev_step, before_fen, paid_fen) REFERENCES refund_step (book, subject, bucket, step, after_fen, paid_fen),
    CONSTRAINT uq_refund_step_subject UNIQUE (book, subject, bucket, step, after_fen, paid_fen),
    CONSTRAINT ck_refund_step_before_fen CHECK (before_fen BETWEEN 0 AND paid_fen),
    CONSTRAINT ck_refund_step_after_fen CHECK (after_fen BETWEEN 0 AND paid_fen),
    CONSTRAINT ck_refund_step_paid_fen CHECK (paid_fen <= 1000000000000),
    CONSTRAINT ck_refund_step_step CHECK (step >= 1 AND (step = 1) = (prev_step IS NULL)),
    CONSTRAINT ck_refund_step_prev_step CHECK (prev_step = step - 1),
    CONSTRAINT ck_refund_step_first CHECK (step > 1 OR before_fen = 0)
)
 STRICT;
INSERT INTO "refund_step" VALUES('main','O1','line 1',1,NULL,2,200,0,50);
INSERT INTO "refund_step" VALUES('main','O1','line 1',2,1,6,200,50,100);
CREATE TABLE rulebook (
    book TEXT NOT NULL,
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_rulebook PRIMARY KEY (book, digest),
    CONSTRAINT fk_rulebook_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_rulebook_op_no UNIQUE (book, op_no)
)
 STRICT;
INSERT INTO "rulebook" VALUES('main','rulebook-1','[rules]',3);
CREATE TABLE settlement (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    claim_no TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_json TEXT NOT NULL,
    answer_json TEXT NOT NULL,
    answer_digest TEXT NOT NULL,
    rulebook_digest TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    CONSTRAINT pk_settlement PRIMARY KEY (book, seq),
    CONSTRAINT fk_settlement_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_settlement_rulebook FOREIGN KEY(book, rulebook_digest) REFERENCES rulebook (book, digest),
    CONSTRAINT uq_settlement_claim_no UNIQUE (book, claim_no),
    CONSTRAINT ck_settlement_request_digest CHECK (length(request_digest) = 64),
    CONSTRAINT ck_settlement_claim_no CHECK (length(claim_no) BETWEEN 1 AND 255)
)
 STRICT;
INSERT INTO "settlement" VALUES('main',2,'C1','O1','return','{"claim":"C1"}','{"approvals":[{"rule":"R","text":"supervisor","who":"supervisor"}],"decision":"approve","items":[{"amount":"0.50","channel":"order","formula":"0.50","item":"goods","rule":"001-1.1R"}]}','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','rulebook-1','62b3216cd53fd258bb5d2713cb037dc06966ae85a400e2ee3f410305673f9100');
INSERT INTO "settlement" VALUES('main',3,'M1','O1','return','{"claim":"M1"}','{"items":[{"item":"goods","rule":"001-1.1R","amount":"0.50","channel":"order","formula":"0.50"}],"digest":"answer"}','answer','rulebook-1','8c1a8a95db608977bb142ca0d7d1377ee28a1de803bf007aa2f75f105f324c00');
INSERT INTO "settlement" VALUES('main',6,'C2','O1','return','{"claim":"C2"}','{"approvals":[{"rule":"R","text":"supervisor","who":"supervisor"}],"decision":"approve","items":[{"amount":"0.50","channel":"order","formula":"0.50","item":"goods","rule":"001-1.1R"}]}','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','rulebook-1','54d116da7a5d59c80da11f119498062c703c1264d3c7fe34267aa5e694ee5dc0');
CREATE TABLE statement (
    book TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    name TEXT NOT NULL,
    layout TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    line_count INTEGER NOT NULL,
    CONSTRAINT pk_statement PRIMARY KEY (book, op_no),
    CONSTRAINT fk_statement_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_statement_sha256 UNIQUE (book, sha256),
    CONSTRAINT ck_statement_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT ck_statement_line_count CHECK (line_count >= 0)
)
 STRICT;
INSERT INTO "statement" VALUES('main',4,'a','b','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',2);
CREATE TABLE statement_line (
    book TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    reference TEXT,
    line_json TEXT NOT NULL,
    CONSTRAINT pk_statement_line PRIMARY KEY (book, op_no, row_no),
    CONSTRAINT fk_statement_line_statement FOREIGN KEY(book, op_no) REFERENCES statement (book, op_no)
)
 WITHOUT ROWID,
 STRICT;
INSERT INTO "statement_line" VALUES('main',4,1,'O1','{}');
INSERT INTO "statement_line" VALUES('main',4,2,'O2','{}');
CREATE INDEX ix_statement_line_reference ON statement_line (book, reference) WHERE reference IS NOT NULL;
CREATE INDEX ix_journal_entry_order_no ON journal_entry (book, order_no) WHERE order_no IS NOT NULL;
CREATE INDEX ix_refund_step_seq ON refund_step (book, seq);
CREATE INDEX ix_settlement_subject ON settlement (book, subject);
CREATE TRIGGER book_insert BEFORE INSERT ON book FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: book is append-only') WHERE EXISTS (SELECT 1 FROM book t WHERE t.book = NEW.book);
END;
CREATE TRIGGER book_update BEFORE UPDATE ON book FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: book is append-only');
END;
CREATE TRIGGER book_delete BEFORE DELETE ON book FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: book is append-only');
END;
CREATE TRIGGER account_insert BEFORE INSERT ON account FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: an account comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: account is append-only') WHERE EXISTS (SELECT 1 FROM account t WHERE t.book = NEW.book AND t.code = NEW.code);
END;
CREATE TRIGGER account_update BEFORE UPDATE ON account FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: account is append-only');
END;
CREATE TRIGGER account_delete BEFORE DELETE ON account FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: account is append-only');
END;
CREATE TRIGGER rulebook_insert BEFORE INSERT ON rulebook FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a rulebook comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: rulebook is append-only') WHERE EXISTS (SELECT 1 FROM rulebook t WHERE t.book = NEW.book AND t.digest = NEW.digest);
END;
CREATE TRIGGER rulebook_update BEFORE UPDATE ON rulebook FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: rulebook is append-only');
END;
CREATE TRIGGER rulebook_delete BEFORE DELETE ON rulebook FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: rulebook is append-only');
END;
CREATE TRIGGER order_facts_insert BEFORE INSERT ON order_facts FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a fact comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: the versions of facts have no gap') WHERE NEW.version <> 1 + COALESCE((SELECT MAX(f.version) FROM order_facts f WHERE f.book = NEW.book AND f.order_no = NEW.order_no), 0);
END;
CREATE TRIGGER order_facts_update BEFORE UPDATE ON order_facts FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: order_facts is append-only');
END;
CREATE TRIGGER order_facts_delete BEFORE DELETE ON order_facts FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: order_facts is append-only');
END;
CREATE TRIGGER statement_insert BEFORE INSERT ON statement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a statement comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: statement is append-only') WHERE EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.sha256 = NEW.sha256);
END;
CREATE TRIGGER statement_update BEFORE UPDATE ON statement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement is append-only');
END;
CREATE TRIGGER statement_delete BEFORE DELETE ON statement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement is append-only');
END;
CREATE TRIGGER statement_line_insert BEFORE INSERT ON statement_line FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a statement line comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
END;
CREATE TRIGGER statement_line_update BEFORE UPDATE ON statement_line FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement_line is append-only');
END;
CREATE TRIGGER statement_line_delete BEFORE DELETE ON statement_line FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement_line is append-only');
END;
CREATE TRIGGER period_event_insert BEFORE INSERT ON period_event FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a period event comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: the versions of a period have no gap') WHERE NEW.version <> 1 + COALESCE((SELECT MAX(p.version) FROM period_event p WHERE p.book = NEW.book AND p.period = NEW.period), 0);
  SELECT RAISE(ABORT, 'settle: a later period is closed') WHERE COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), '') > NEW.period;
  SELECT RAISE(ABORT, 'settle: an earlier period is open') WHERE NEW.action = 'close' AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.period < NEW.period AND e.period > COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), ''));
END;
CREATE TRIGGER period_event_update BEFORE UPDATE ON period_event FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: period_event is append-only');
END;
CREATE TRIGGER period_event_delete BEFORE DELETE ON period_event FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: period_event is append-only');
END;
CREATE TRIGGER operation_insert BEFORE INSERT ON operation FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: the operations have no gap') WHERE NEW.op_no <> 1 + COALESCE((SELECT MAX(o.op_no) FROM operation o WHERE o.book = NEW.book), 0);
  SELECT RAISE(ABORT, 'settle: the operation does not link to the one before') WHERE NEW.prev_hash <> COALESCE((SELECT o.hash FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no - 1), '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE(ABORT, 'settle: the operation does not link to the head') WHERE NEW.head_seq <> COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0) OR NEW.head_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.head_seq), '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE(ABORT, 'settle: the clock runs backwards') WHERE NEW.recorded_at < (SELECT b.recorded_at FROM operation b WHERE b.book = NEW.book AND b.op_no = NEW.op_no - 1);
  SELECT RAISE(ABORT, 'settle: open and account go together') WHERE (NEW.command = 'open') <> EXISTS (SELECT 1 FROM account t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: facts and order_facts go together') WHERE (NEW.command = 'facts') <> EXISTS (SELECT 1 FROM order_facts t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: rulebook and rulebook go together') WHERE (NEW.command = 'rulebook') <> EXISTS (SELECT 1 FROM rulebook t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: statement and statement go together') WHERE (NEW.command = 'statement') <> EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: close or reopen and period_event go together') WHERE (NEW.command IN ('close', 'reopen')) <> EXISTS (SELECT 1 FROM period_event t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: lines of the statement are missing') WHERE EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no AND t.line_count <> (SELECT COUNT(*) FROM statement_line l WHERE l.book = t.book AND l.op_no = t.op_no));
END;
CREATE TRIGGER operation_update BEFORE UPDATE ON operation FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: operation is append-only');
END;
CREATE TRIGGER operation_delete BEFORE DELETE ON operation FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: operation is append-only');
END;
CREATE TRIGGER journal_entry_insert BEFORE INSERT ON journal_entry FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: an entry comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only') WHERE EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.command = NEW.command AND t.key = NEW.key);
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only') WHERE EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.reverses = NEW.reverses);
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only') WHERE EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.period = NEW.period AND t.voucher_no = NEW.voucher_no);
END;
CREATE TRIGGER journal_entry_update BEFORE UPDATE ON journal_entry FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only');
END;
CREATE TRIGGER journal_entry_delete BEFORE DELETE ON journal_entry FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only');
END;
CREATE TRIGGER posting_insert BEFORE INSERT ON posting FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a posting comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: posting is append-only') WHERE EXISTS (SELECT 1 FROM posting t WHERE t.book = NEW.book AND t.seq = NEW.seq AND t.line = NEW.line);
END;
CREATE TRIGGER posting_update BEFORE UPDATE ON posting FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: posting is append-only');
END;
CREATE TRIGGER posting_delete BEFORE DELETE ON posting FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: posting is append-only');
END;
CREATE TRIGGER settlement_insert BEFORE INSERT ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a settlement comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: settlement is append-only') WHERE EXISTS (SELECT 1 FROM settlement t WHERE t.book = NEW.book AND t.claim_no = NEW.claim_no);
END;
CREATE TRIGGER settlement_update BEFORE UPDATE ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: settlement is append-only');
END;
CREATE TRIGGER settlement_delete BEFORE DELETE ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: settlement is append-only');
END;
CREATE TRIGGER refund_step_insert BEFORE INSERT ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a refund step comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: refund_step is append-only') WHERE EXISTS (SELECT 1 FROM refund_step t WHERE t.book = NEW.book AND t.subject = NEW.subject AND t.bucket = NEW.bucket AND t.step = NEW.step);
  SELECT RAISE(ABORT, 'settle: only a reversal lowers what was refunded') WHERE NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL);
END;
CREATE TRIGGER refund_step_update BEFORE UPDATE ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: refund_step is append-only');
END;
CREATE TRIGGER refund_step_delete BEFORE DELETE ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: refund_step is append-only');
END;
CREATE TRIGGER entry_seal_insert BEFORE INSERT ON entry_seal FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: there is no entry to seal') WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: the chain has no gap') WHERE NEW.seq <> 1 + COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0);
  SELECT RAISE(ABORT, 'settle: the seal does not link to the head') WHERE NEW.prev_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq - 1), '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE(ABORT, 'settle: an entry has two postings or more') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.kind <> 'memorandum' AND (SELECT COUNT(*) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq) < 2);
  SELECT RAISE(ABORT, 'settle: a memorandum has no postings') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.kind = 'memorandum' AND EXISTS (SELECT 1 FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: the entry does not balance') WHERE EXISTS (SELECT 1 FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq GROUP BY p.currency HAVING SUM(p.amount_fen) <> 0);
  SELECT RAISE(ABORT, 'settle: the lines have no gap') WHERE (SELECT COUNT(*) <> COALESCE(MAX(p.line), 0) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: the period is closed') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM period_event p WHERE p.book = e.book AND p.period >= e.period AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)));
  SELECT RAISE(ABORT, 'settle: the vouchers have no gap') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.voucher_no > 1 AND NOT EXISTS (SELECT 1 FROM journal_entry v WHERE v.book = e.book AND v.period = e.period AND v.voucher_no = e.voucher_no - 1));
  SELECT RAISE(ABORT, 'settle: a settlement is missing') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: a settlement stands with an entry of another kind') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: the clock runs backwards') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.recorded_at < (SELECT b.recorded_at FROM journal_entry b WHERE b.book = e.book AND b.seq = e.seq - 1));
  SELECT RAISE(ABORT, 'settle: the entry does not link to the last operation') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book));
  SELECT RAISE(ABORT, 'settle: a reversal is not reversed') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM journal_entry r WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL));
  SELECT RAISE(ABORT, 'settle: a reversal takes back all of its entry') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0));
  SELECT RAISE(ABORT, 'settle: a reversal takes back all refund steps') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0));
  SELECT RAISE(ABORT, 'settle: a refund step stands without a settlement') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq) AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq));
END;
CREATE TRIGGER entry_seal_update BEFORE UPDATE ON entry_seal FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: entry_seal is append-only');
END;
CREATE TRIGGER entry_seal_delete BEFORE DELETE ON entry_seal FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: entry_seal is append-only');
END;
COMMIT;
