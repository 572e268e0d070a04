/*  Harbour & Vale: home goods, six shops, one warehouse and a web shop.

    The whole database in one script, for SQL Server 2019 and later. It grew over some years:
    part of it was scripted out by Management Studio, part was written by hand, and it shows.

        sqlcmd -S localhost -E -f 65001 -i retail.sql                                          */

SET ANSI_NULLS ON
SET QUOTED_IDENTIFIER ON
SET NOCOUNT ON
GO

IF DB_ID(N'HarbourVale') IS NULL
    CREATE DATABASE HarbourVale COLLATE Latin1_General_100_CI_AS;
GO
USE HarbourVale;
GO

CREATE SCHEMA People AUTHORIZATION dbo;
GO
CREATE SCHEMA [Catalog]
GO
CREATE SCHEMA Inventory;
GO
CREATE SCHEMA Sales;
GO

------------------------------------------------------------------------------------------------
-- Types and the sequence
------------------------------------------------------------------------------------------------

CREATE TYPE dbo.EmailAddress FROM nvarchar(120) NULL;
CREATE TYPE dbo.PhoneNumber FROM varchar(24) NULL;
GO
CREATE TYPE Sales.BasketLine AS TABLE
(
    ProductID   int           NOT NULL,
    Quantity    smallint      NOT NULL,
    DiscountPct decimal(5, 2) NULL
);
GO
CREATE SEQUENCE Sales.OrderNumberSequence AS int
    START WITH 100001
    INCREMENT BY 1
    MINVALUE 100001
    NO CYCLE
    CACHE 50;
GO

------------------------------------------------------------------------------------------------
-- People
------------------------------------------------------------------------------------------------

/****** Object:  Table [People].[Department]    Script Date: 14/03/2022 09:12:44 ******/
CREATE TABLE [People].[Department](
	[DepartmentID] [smallint] IDENTITY(1,1) NOT NULL,
	[Name] [nvarchar](60) NOT NULL,
	[CostCentre] [char](6) NOT NULL,
	[IsCustomerFacing] [bit] NOT NULL CONSTRAINT [DF_Department_IsCustomerFacing]  DEFAULT ((0)),
 CONSTRAINT [PK_Department] PRIMARY KEY CLUSTERED 
(
	[DepartmentID] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF, IGNORE_DUP_KEY = OFF, ALLOW_ROW_LOCKS = ON, ALLOW_PAGE_LOCKS = ON) ON [PRIMARY],
 CONSTRAINT [UQ_Department_Name] UNIQUE NONCLUSTERED 
(
	[Name] ASC
) ON [PRIMARY]
) ON [PRIMARY]
GO
ALTER TABLE [People].[Department]  WITH CHECK ADD  CONSTRAINT [CK_Department_CostCentre] CHECK  (([CostCentre] like 'CC[0-9][0-9][0-9][0-9]'))
GO
ALTER TABLE [People].[Department] CHECK CONSTRAINT [CK_Department_CostCentre]
GO

-- Ids go 100, 110, 120 ... so that payroll can slot titles in between.
CREATE TABLE People.JobTitle
(
    JobTitleID smallint IDENTITY(100, 10) NOT NULL PRIMARY KEY,
    Title      nvarchar(60) NOT NULL UNIQUE,
    Grade      tinyint      NOT NULL CHECK (Grade BETWEEN 1 AND 9),
    MinSalary  money        NOT NULL,
    MaxSalary  money        NOT NULL,
    CONSTRAINT CK_JobTitle_SalaryBand CHECK (MaxSalary >= MinSalary AND MinSalary > 0)
);
GO

CREATE TABLE Inventory.Location
(
    LocationID   smallint IDENTITY(10, 10) NOT NULL,
    Code         varchar(8) COLLATE Latin1_General_CI_AS NOT NULL,
    Name         nvarchar(80) NOT NULL,
    LocationType varchar(10) NOT NULL CONSTRAINT CK_Location_Type CHECK (LocationType IN ('Shop', 'Warehouse', 'Web')),
    City         nvarchar(60) NULL,
    OpensAt      time(0) NULL,
    ClosesAt     time(0) NULL,
    FloorAreaSqm int NULL,
    OpenedOn     date NOT NULL,
    ManagerID    int NULL,
    CONSTRAINT PK_Location PRIMARY KEY (LocationID),
    CONSTRAINT UQ_Location_Code UNIQUE (Code),
    CONSTRAINT CK_Location_Hours CHECK (ClosesAt > OpensAt),
    CONSTRAINT CK_Location_FloorArea CHECK (FloorAreaSqm IS NULL OR FloorAreaSqm > 0)
)
GO

CREATE TABLE [People].[Employee](
	[EmployeeID] [int] IDENTITY(1,1) NOT NULL,
	[FirstName] [nvarchar](50) NOT NULL,
	[MiddleName] [nvarchar](50) NULL,
	[LastName] [nvarchar](50) NOT NULL,
	[FullName]  AS (([FirstName]+isnull(N' '+[MiddleName],N''))+N' '+[LastName]),
	[Email] [dbo].[EmailAddress] NULL,
	[DepartmentID] [smallint] NOT NULL,
	[JobTitleID] [smallint] NOT NULL,
	[LocationID] [smallint] NULL,
	[ManagerID] [int] NULL,
	[HireDate] [date] NOT NULL,
	[EndDate] [date] NULL,
	[Salary] [money] NOT NULL,
	[ContractHours] [decimal](4, 1) NOT NULL,
	[BadgeCode] [varbinary](16) NULL,
	[EmployeeGuid] [uniqueidentifier] ROWGUIDCOL  NOT NULL,
 CONSTRAINT [PK_Employee] PRIMARY KEY CLUSTERED ([EmployeeID] ASC)
) ON [PRIMARY]
GO
ALTER TABLE [People].[Employee] ADD  CONSTRAINT [DF_Employee_ContractHours]  DEFAULT ((37.5)) FOR [ContractHours]
GO
ALTER TABLE [People].[Employee] ADD  CONSTRAINT [DF_Employee_EmployeeGuid]  DEFAULT (newid()) FOR [EmployeeGuid]
GO
ALTER TABLE [People].[Employee]  WITH CHECK ADD  CONSTRAINT [FK_Employee_Department] FOREIGN KEY([DepartmentID])
REFERENCES [People].[Department] ([DepartmentID])
GO
ALTER TABLE [People].[Employee] CHECK CONSTRAINT [FK_Employee_Department]
GO
ALTER TABLE [People].[Employee]  WITH CHECK ADD  CONSTRAINT [FK_Employee_JobTitle] FOREIGN KEY([JobTitleID])
REFERENCES [People].[JobTitle] ([JobTitleID])
GO
ALTER TABLE [People].[Employee]  WITH CHECK ADD  CONSTRAINT [FK_Employee_Location] FOREIGN KEY([LocationID])
REFERENCES [Inventory].[Location] ([LocationID])
GO
ALTER TABLE [People].[Employee]  WITH CHECK ADD  CONSTRAINT [FK_Employee_Manager] FOREIGN KEY([ManagerID])
REFERENCES [People].[Employee] ([EmployeeID])
GO
ALTER TABLE [People].[Employee]  WITH CHECK ADD  CONSTRAINT [CK_Employee_Dates] CHECK  (([EndDate] IS NULL OR [EndDate]>=[HireDate]))
GO
ALTER TABLE [People].[Employee]  WITH CHECK ADD  CONSTRAINT [CK_Employee_NotOwnManager] CHECK  (([ManagerID]<>[EmployeeID]))
GO

CREATE TABLE dbo.AuditLog
(
    AuditLogID bigint IDENTITY(1, 1) NOT NULL CONSTRAINT PK_AuditLog PRIMARY KEY,
    TableName  sysname NOT NULL,
    Action     char(1) NOT NULL CHECK (Action IN ('I', 'U', 'D')),
    ChangedAt  datetime2(3) NOT NULL CONSTRAINT DF_AuditLog_ChangedAt DEFAULT (SYSUTCDATETIME()),
    ChangedBy  nvarchar(128) NOT NULL CONSTRAINT DF_AuditLog_ChangedBy DEFAULT (SUSER_SNAME()),
    Details    xml NULL
);
GO

------------------------------------------------------------------------------------------------
-- Catalog
------------------------------------------------------------------------------------------------

CREATE TABLE Sales.Country
(
    CountryCode  char(2)      NOT NULL CONSTRAINT PK_Country PRIMARY KEY CHECK (CountryCode LIKE '[A-Z][A-Z]'),
    Name         nvarchar(60) NOT NULL CONSTRAINT UQ_Country_Name UNIQUE,
    CurrencyCode char(3)      NOT NULL,
    VatRate      decimal(4, 2) NOT NULL DEFAULT 20
);
GO

CREATE TABLE [Catalog].Category (
    CategoryID       int IDENTITY PRIMARY KEY,
    ParentCategoryID int NULL REFERENCES [Catalog].Category (CategoryID),
    Name             nvarchar(60) NOT NULL,
    SortOrder        smallint NOT NULL DEFAULT 0,
    CONSTRAINT UQ_Category_Parent_Name UNIQUE (ParentCategoryID, Name)
)
GO

CREATE TABLE [Catalog].Brand
(
    BrandID     smallint IDENTITY(1,1) NOT NULL CONSTRAINT PK_Brand PRIMARY KEY,
    Name        nvarchar(60)  NOT NULL CONSTRAINT UQ_Brand_Name UNIQUE,
    Website     varchar(200)  NULL,
    IsOwnBrand  bit           NOT NULL CONSTRAINT DF_Brand_IsOwnBrand DEFAULT 0
);

CREATE TABLE [Catalog].Supplier
(
    SupplierID   int IDENTITY(1,1) NOT NULL,
    SupplierCode varchar(10) COLLATE Latin1_General_CI_AS NOT NULL,
    Name         nvarchar(100) NOT NULL,
    CountryCode  char(2) NOT NULL,
    Email        dbo.EmailAddress,
    Phone        dbo.PhoneNumber NULL,
    Rating       tinyint NULL,
    PaymentDays  smallint NOT NULL CONSTRAINT DF_Supplier_PaymentDays DEFAULT (30),
    IsActive     bit NOT NULL CONSTRAINT DF_Supplier_IsActive DEFAULT (1),
    CONSTRAINT PK_Supplier PRIMARY KEY CLUSTERED (SupplierID),
    CONSTRAINT UQ_Supplier_Code UNIQUE (SupplierCode),
    CONSTRAINT FK_Supplier_Country FOREIGN KEY (CountryCode) REFERENCES Sales.Country (CountryCode) ON UPDATE CASCADE,
    CONSTRAINT CK_Supplier_Rating CHECK (Rating >= 1 AND Rating <= 5),
    CONSTRAINT CK_Supplier_PaymentDays CHECK (PaymentDays IN (0, 14, 30, 60, 90))
);
GO

CREATE TABLE [Catalog].[Product](
	[ProductID] [int] IDENTITY(1,1) NOT NULL,
	[SKU] [varchar](20) COLLATE Latin1_General_CI_AS NOT NULL,
	[Name] [nvarchar](100) NOT NULL,
	[CategoryID] [int] NOT NULL,
	[BrandID] [smallint] NULL,
	[ListPrice] [money] NOT NULL,
	[StandardCost] [money] NOT NULL,
	[Margin]  AS ([ListPrice]-[StandardCost]),
	[WeightKg] [decimal](8, 3) NULL,
	[WidthCm] [int] NULL,
	[DepthCm] [int] NULL,
	[HeightCm] [int] NULL,
	[VolumeLitres]  AS (CONVERT([decimal](10,2),([WidthCm]*[DepthCm]*[HeightCm])/(1000.0))) PERSISTED,
	[PackSize] [smallint] NOT NULL,
	[CartonSize] [smallint] NOT NULL,
	[WarrantyMonths] [smallint] SPARSE  NULL,
	[Attributes] [xml] NULL,
	[Description] [nvarchar](max) NULL,
	[LaunchedOn] [date] NOT NULL,
	[DiscontinuedOn] [date] NULL,
	[ProductGuid] [uniqueidentifier] NOT NULL,
	[ModifiedDate] [datetime] NOT NULL,
	[RowVersion] [timestamp] NOT NULL,
 CONSTRAINT [PK_Product] PRIMARY KEY CLUSTERED 
(
	[ProductID] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF, IGNORE_DUP_KEY = OFF, ALLOW_ROW_LOCKS = ON, ALLOW_PAGE_LOCKS = ON) ON [PRIMARY],
 CONSTRAINT [UQ_Product_SKU] UNIQUE NONCLUSTERED 
(
	[SKU] ASC
)WITH (FILLFACTOR = 90) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
ALTER TABLE [Catalog].[Product] ADD  CONSTRAINT [DF_Product_PackSize]  DEFAULT ((1)) FOR [PackSize]
GO
ALTER TABLE [Catalog].[Product] ADD  CONSTRAINT [DF_Product_CartonSize]  DEFAULT ((12)) FOR [CartonSize]
GO
ALTER TABLE [Catalog].[Product] ADD  CONSTRAINT [DF_Product_ProductGuid]  DEFAULT (newid()) FOR [ProductGuid]
GO
ALTER TABLE [Catalog].[Product] ADD  CONSTRAINT [DF_Product_ModifiedDate]  DEFAULT (getdate()) FOR [ModifiedDate]
GO
ALTER TABLE [Catalog].[Product]  WITH CHECK ADD  CONSTRAINT [FK_Product_Category] FOREIGN KEY([CategoryID])
REFERENCES [Catalog].[Category] ([CategoryID])
GO
ALTER TABLE [Catalog].[Product] CHECK CONSTRAINT [FK_Product_Category]
GO
ALTER TABLE [Catalog].[Product]  WITH CHECK ADD  CONSTRAINT [FK_Product_Brand] FOREIGN KEY([BrandID])
REFERENCES [Catalog].[Brand] ([BrandID])
GO
ALTER TABLE [Catalog].[Product] CHECK CONSTRAINT [FK_Product_Brand]
GO
ALTER TABLE [Catalog].[Product]  WITH CHECK ADD  CONSTRAINT [CK_Product_Prices] CHECK  (([ListPrice]>=(0.00) AND [StandardCost]>=(0.00) AND [StandardCost]<=[ListPrice]))
GO
ALTER TABLE [Catalog].[Product]  WITH CHECK ADD  CONSTRAINT [CK_Product_SKU] CHECK  (([SKU] like 'HV-[A-Z][A-Z][A-Z]-[0-9][0-9][0-9]'))
GO
ALTER TABLE [Catalog].[Product]  WITH CHECK ADD  CONSTRAINT [CK_Product_Dates] CHECK  (([DiscontinuedOn]>=[LaunchedOn] OR [DiscontinuedOn] IS NULL))
GO
ALTER TABLE [Catalog].[Product]  WITH CHECK ADD  CONSTRAINT [CK_Product_Packs] CHECK  (([PackSize]>(0) AND [CartonSize]>=[PackSize]))
GO

CREATE TABLE [Catalog].ProductSupplier
(
    ProductID       int   NOT NULL,
    SupplierID      int   NOT NULL,
    SupplierPartNo  varchar(30) NOT NULL,
    UnitCost        decimal(10, 4) NOT NULL,
    LeadTimeDays    tinyint NOT NULL CONSTRAINT DF_ProductSupplier_LeadTimeDays DEFAULT 14,
    MinimumOrder    int NOT NULL DEFAULT (1),
    IsPreferred     bit NOT NULL DEFAULT (0),
    LastQuotedOn    date NULL,
    CONSTRAINT PK_ProductSupplier PRIMARY KEY CLUSTERED (ProductID, SupplierID),
    CONSTRAINT UQ_ProductSupplier_Part UNIQUE (SupplierID, SupplierPartNo),
    CONSTRAINT FK_ProductSupplier_Product FOREIGN KEY (ProductID) REFERENCES [Catalog].Product (ProductID) ON DELETE CASCADE,
    CONSTRAINT FK_ProductSupplier_Supplier FOREIGN KEY (SupplierID) REFERENCES [Catalog].Supplier (SupplierID),
    CONSTRAINT CK_ProductSupplier_Amounts CHECK (UnitCost > 0 AND MinimumOrder > 0)
)
GO

-- What a product cost on any day: system-versioned since the 2021 price audit.
CREATE TABLE [Catalog].ProductPriceHistory
(
    ProductID    int           NOT NULL,
    CurrencyCode char(3)       NOT NULL,
    Price        decimal(10,2) NOT NULL,
    Reason       nvarchar(100) NULL,
    ValidFrom    datetime2(7)  NOT NULL,
    ValidTo      datetime2(7)  NOT NULL
);
GO
CREATE TABLE [Catalog].ProductPrice
(
    ProductID    int           NOT NULL CONSTRAINT FK_ProductPrice_Product FOREIGN KEY REFERENCES [Catalog].Product (ProductID),
    CurrencyCode char(3)       NOT NULL,
    Price        decimal(10,2) NOT NULL CONSTRAINT CK_ProductPrice_Price CHECK (Price > 0),
    Reason       nvarchar(100) NULL,
    ValidFrom    datetime2(7)  GENERATED ALWAYS AS ROW START NOT NULL,
    ValidTo      datetime2(7)  GENERATED ALWAYS AS ROW END NOT NULL,
    CONSTRAINT PK_ProductPrice PRIMARY KEY CLUSTERED (ProductID, CurrencyCode),
    PERIOD FOR SYSTEM_TIME (ValidFrom, ValidTo)
)
WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [Catalog].ProductPriceHistory, DATA_CONSISTENCY_CHECK = ON));
GO

create table [Catalog].Tag (
    TagID tinyint not null primary key,
    Label varchar(30) not null unique
)
go
create table [Catalog].ProductTag (
    ProductID int not null references [Catalog].Product (ProductID) on delete cascade,
    TagID     tinyint not null references [Catalog].Tag (TagID) on delete cascade,
    primary key (ProductID, TagID)
)
go

/* Suppliers send price lists as spreadsheets. They land here as text, with whatever case
   and spaces the sender liked; /* nothing else may write here */ uspMergeSupplierPrices reads them. */
CREATE TABLE [Catalog].SupplierPriceFeed
(
    FeedLine     int IDENTITY(1, 1) NOT NULL,
    SupplierCode varchar(10) COLLATE Latin1_General_CI_AS NULL,
    SKU          varchar(20) COLLATE Latin1_General_CI_AS NULL,
    PartNo       varchar(30) NULL,
    UnitCostText varchar(20) NULL,
    LeadTimeText varchar(10) NULL,
    ReceivedAt   smalldatetime NOT NULL CONSTRAINT DF_SupplierPriceFeed_ReceivedAt DEFAULT GETDATE()
);
GO

------------------------------------------------------------------------------------------------
-- Sales
------------------------------------------------------------------------------------------------

CREATE TABLE Sales.LoyaltyTier
(
    TierCode      char(3) NOT NULL CONSTRAINT PK_LoyaltyTier PRIMARY KEY,
    Name          nvarchar(30) NOT NULL,
    MinSpend      money NOT NULL CONSTRAINT UQ_LoyaltyTier_MinSpend UNIQUE,
    PointsPerUnit decimal(4, 2) NOT NULL DEFAULT ((1.0)),
    FreeShipping  bit NOT NULL DEFAULT ('FALSE')
)
GO

CREATE TABLE Sales.Promotion
(
    PromotionID  int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    VoucherCode  varchar(16) COLLATE Latin1_General_BIN2 NOT NULL,
    Description  nvarchar(200) NOT NULL,
    DiscountPct  decimal(5, 2) NOT NULL,
    StartsOn     date NOT NULL,
    EndsOn       date NOT NULL,
    CONSTRAINT UQ_Promotion_VoucherCode UNIQUE (VoucherCode),
    CONSTRAINT CK_Promotion_Dates CHECK (EndsOn > StartsOn),
    CONSTRAINT CK_Promotion_Discount CHECK (DiscountPct > 0 AND DiscountPct <= 60)
);
GO

CREATE TABLE [Sales].[Customer](
	[CustomerID] [int] IDENTITY(1000,1) NOT NULL,
	[CustomerGuid] [uniqueidentifier] NOT NULL CONSTRAINT [DF_Customer_CustomerGuid]  DEFAULT (newid()),
	[CustomerType] [char](1) NOT NULL,
	[FirstName] [nvarchar](50) NULL,
	[LastName] [nvarchar](50) NOT NULL,
	[CompanyName] [nvarchar](100) NULL,
	[DisplayName]  AS (isnull([CompanyName],([FirstName]+N' ')+[LastName])),
	[Email] [dbo].[EmailAddress] NULL,
	[Phone] [dbo].[PhoneNumber] NULL,
	[BirthDate] [date] NULL,
	[TierCode] [char](3) NULL,
	[CreditLimit] [money] NULL,
	[MarketingOptIn] [bit] NOT NULL CONSTRAINT [DF_Customer_MarketingOptIn]  DEFAULT ((0)),
	[RegisteredAt] [datetime2](0) NOT NULL CONSTRAINT [DF_Customer_RegisteredAt]  DEFAULT (sysutcdatetime()),
	[ReferredByID] [int] NULL,
	[Notes] [nvarchar](max) NULL,
 CONSTRAINT [PK_Customer] PRIMARY KEY CLUSTERED ([CustomerID] ASC)
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
-- release 4: the web shop speaks French and German
ALTER TABLE Sales.Customer ADD PreferredLanguage char(5) NOT NULL
    CONSTRAINT DF_Customer_PreferredLanguage DEFAULT ('en-GB') WITH VALUES;
GO
ALTER TABLE Sales.Customer ADD
    CONSTRAINT FK_Customer_LoyaltyTier FOREIGN KEY (TierCode) REFERENCES Sales.LoyaltyTier (TierCode),
    CONSTRAINT FK_Customer_ReferredBy FOREIGN KEY (ReferredByID) REFERENCES Sales.Customer (CustomerID),
    CONSTRAINT CK_Customer_Type CHECK (CustomerType IN ('P', 'T')),
    CONSTRAINT CK_Customer_Email CHECK (Email LIKE N'%_@_%._%'),
    CONSTRAINT CK_Customer_Trade CHECK (CustomerType = 'T' OR (CreditLimit IS NULL AND CompanyName IS NULL)),
    CONSTRAINT CK_Customer_Language CHECK (PreferredLanguage LIKE '[a-z][a-z]-[A-Z][A-Z]')
GO

CREATE TABLE Sales.CustomerAddress
(
    AddressID   int IDENTITY(1,1) NOT NULL CONSTRAINT PK_CustomerAddress PRIMARY KEY NONCLUSTERED,
    CustomerID  int NOT NULL CONSTRAINT FK_CustomerAddress_Customer REFERENCES Sales.Customer (CustomerID) ON DELETE CASCADE,
    Label       nvarchar(20) NOT NULL CONSTRAINT DF_CustomerAddress_Label DEFAULT N'Home',
    Line1       nvarchar(100) NOT NULL,
    Line2       nvarchar(100) NULL,
    City        nvarchar(60) NOT NULL,
    PostalCode  varchar(12) NOT NULL,
    CountryCode char(2) NOT NULL CONSTRAINT DF_CustomerAddress_Country DEFAULT 'GB',
    IsDefault   bit NOT NULL CONSTRAINT DF_CustomerAddress_IsDefault DEFAULT 0,
    CONSTRAINT UQ_CustomerAddress_Label UNIQUE CLUSTERED (CustomerID, Label),
    CONSTRAINT FK_CustomerAddress_Country FOREIGN KEY (CountryCode) REFERENCES Sales.Country (CountryCode)
);
GO

CREATE TABLE Sales.SalesOrder
(
    SalesOrderID   int IDENTITY(5001, 1) NOT NULL,
    OrderNumber    int NOT NULL CONSTRAINT DF_SalesOrder_OrderNumber DEFAULT (NEXT VALUE FOR Sales.OrderNumberSequence),
    CustomerID     int NOT NULL,
    ShipToAddressID int NULL,
    LocationID     smallint NOT NULL,
    SalespersonID  int NULL,
    PromotionID    int NULL,
    Channel        varchar(10) NOT NULL,
    Status         varchar(12) NOT NULL CONSTRAINT DF_SalesOrder_Status DEFAULT 'New',
    PlacedAt       datetimeoffset(0) NOT NULL,
    OrderDate      AS CONVERT(date, PlacedAt),
    RequiredDate   date NULL,
    ShippedDate    datetime NULL,
    DeliveredDate  datetime NULL,
    ShippingFee    smallmoney NOT NULL CONSTRAINT DF_SalesOrder_ShippingFee DEFAULT 0,
    CurrencyCode   char(3) NOT NULL CONSTRAINT DF_SalesOrder_Currency DEFAULT ('GBP'),
    Comments       nvarchar(max) NULL,
    LastModified   datetime NOT NULL CONSTRAINT DF_SalesOrder_LastModified DEFAULT (GETDATE()),
    CONSTRAINT PK_SalesOrder PRIMARY KEY CLUSTERED (SalesOrderID),
    CONSTRAINT UQ_SalesOrder_Number UNIQUE (OrderNumber),
    CONSTRAINT FK_SalesOrder_Customer FOREIGN KEY (CustomerID) REFERENCES Sales.Customer (CustomerID),
    CONSTRAINT FK_SalesOrder_Address FOREIGN KEY (ShipToAddressID) REFERENCES Sales.CustomerAddress (AddressID),
    CONSTRAINT FK_SalesOrder_Location FOREIGN KEY (LocationID) REFERENCES Inventory.Location (LocationID),
    CONSTRAINT FK_SalesOrder_Promotion FOREIGN KEY (PromotionID) REFERENCES Sales.Promotion (PromotionID) ON DELETE SET NULL,
    CONSTRAINT CK_SalesOrder_Channel CHECK (Channel IN ('SHOP', 'WEB', 'PHONE')),
    CONSTRAINT CK_SalesOrder_Status CHECK (Status IN ('New', 'Picked', 'Shipped', 'Delivered', 'Cancelled')),
    CONSTRAINT CK_SalesOrder_Dates CHECK (DeliveredDate IS NULL OR (ShippedDate IS NOT NULL AND DeliveredDate >= ShippedDate)),
    CONSTRAINT CK_SalesOrder_Fee CHECK (ShippingFee BETWEEN 0 AND 250)
);
GO
CREATE NONCLUSTERED INDEX IX_SalesOrder_Customer ON Sales.SalesOrder (CustomerID, PlacedAt DESC) INCLUDE (Status, LocationID);
CREATE INDEX IX_SalesOrder_Open ON Sales.SalesOrder (PlacedAt) WHERE Status IN ('New', 'Picked');
GO

CREATE TABLE Sales.SalesOrderLine
(
    SalesOrderID int           NOT NULL,
    LineNumber   tinyint       NOT NULL,
    ProductID    int           NOT NULL,
    Quantity     smallint      NOT NULL CONSTRAINT DF_SalesOrderLine_Quantity DEFAULT (1),
    UnitPrice    decimal(10,2) NOT NULL,
    DiscountPct  decimal(5,2)  NOT NULL CONSTRAINT DF_SalesOrderLine_Discount DEFAULT (0),
    LineTotal    AS CAST(Quantity * UnitPrice * (1 - DiscountPct / 100) AS decimal(12, 2)) PERSISTED NOT NULL,
    GiftMessage  nvarchar(200) NULL,
    CONSTRAINT PK_SalesOrderLine PRIMARY KEY CLUSTERED (SalesOrderID, LineNumber),
    CONSTRAINT FK_SalesOrderLine_Order FOREIGN KEY (SalesOrderID) REFERENCES Sales.SalesOrder (SalesOrderID) ON DELETE CASCADE,
    CONSTRAINT FK_SalesOrderLine_Product FOREIGN KEY (ProductID) REFERENCES [Catalog].Product (ProductID),
    CONSTRAINT CK_SalesOrderLine_Quantity CHECK (Quantity > 0),
    CONSTRAINT CK_SalesOrderLine_Price CHECK (UnitPrice >= 0 AND DiscountPct >= 0 AND DiscountPct <= 60)
);
GO

CREATE TABLE Sales.Payment
(
    PaymentID    int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    SalesOrderID int NOT NULL,
    PaidAt       datetime2(3) NOT NULL CONSTRAINT DF_Payment_PaidAt DEFAULT SYSUTCDATETIME(),
    Method       varchar(12) NOT NULL,
    Amount       money NOT NULL,
    CardLast4    char(4) NULL,
    Reference    varchar(40) NULL,
    CONSTRAINT CK_Payment_Method CHECK (Method IN ('Card', 'Cash', 'PayPal', 'Voucher', 'Account')),
    CONSTRAINT CK_Payment_Amount CHECK (Amount <> 0),
    CONSTRAINT CK_Payment_Card CHECK (CardLast4 IS NULL OR (Method = 'Card' AND CardLast4 LIKE '[0-9][0-9][0-9][0-9]'))
)
GO
-- The old till wrote payments before orders; its rows were never checked.
ALTER TABLE Sales.Payment WITH NOCHECK ADD CONSTRAINT FK_Payment_SalesOrder
    FOREIGN KEY (SalesOrderID) REFERENCES Sales.SalesOrder (SalesOrderID);
GO

CREATE TABLE Sales.ReturnRequest
(
    ReturnID     int IDENTITY(1,1) NOT NULL CONSTRAINT PK_ReturnRequest PRIMARY KEY,
    SalesOrderID int NOT NULL,
    LineNumber   tinyint NOT NULL,
    RequestedOn  date NOT NULL CONSTRAINT DF_ReturnRequest_RequestedOn DEFAULT (CONVERT(date, GETDATE())),
    ReasonCode   varchar(10) NOT NULL CHECK (ReasonCode IN ('DAMAGED', 'FAULTY', 'UNWANTED', 'WRONGITEM')),
    Quantity     smallint NOT NULL CHECK (Quantity > 0),
    RefundAmount decimal(10, 2) NULL,
    IsResolved   bit NOT NULL DEFAULT 0,
    CONSTRAINT FK_ReturnRequest_OrderLine FOREIGN KEY (SalesOrderID, LineNumber)
        REFERENCES Sales.SalesOrderLine (SalesOrderID, LineNumber),
    CONSTRAINT CK_ReturnRequest_Refund CHECK (IsResolved = 1 OR RefundAmount IS NULL)
);
GO

-- One row for each period in which a customer's tier and town did not change.
CREATE TABLE Sales.CustomerHistory
(
    CustomerHistoryID int IDENTITY(1,1) NOT NULL CONSTRAINT PK_CustomerHistory PRIMARY KEY,
    CustomerID        int NOT NULL CONSTRAINT FK_CustomerHistory_Customer FOREIGN KEY REFERENCES Sales.Customer (CustomerID),
    TierCode          char(3) NULL,
    City              nvarchar(60) NULL,
    ValidFrom         date NOT NULL,
    ValidTo           date NULL,
    IsCurrent         bit NOT NULL CONSTRAINT DF_CustomerHistory_IsCurrent DEFAULT 1,
    CONSTRAINT UQ_CustomerHistory UNIQUE (CustomerID, ValidFrom),
    CONSTRAINT CK_CustomerHistory_Period CHECK ((IsCurrent = 1 AND ValidTo IS NULL) OR (IsCurrent = 0 AND ValidTo > ValidFrom))
)
GO

-- Filled by procedures every night; empty in this script.
CREATE TABLE Sales.DailySales
(
    SalesDate  date NOT NULL,
    LocationID smallint NOT NULL,
    Orders     int NOT NULL,
    Units      int NOT NULL,
    NetAmount  decimal(14, 2) NOT NULL,
    LoadedAt   datetime2(0) NOT NULL DEFAULT SYSUTCDATETIME(),
    CONSTRAINT PK_DailySales PRIMARY KEY (SalesDate, LocationID)
);
CREATE TABLE Sales.ProductMonth
(
    MonthStart  date NOT NULL,
    ProductID   int NOT NULL,
    Units       int NOT NULL,
    NetAmount   decimal(14, 2) NOT NULL,
    ReturnUnits int NULL,
    Band        char(1) NULL,
    CONSTRAINT PK_ProductMonth PRIMARY KEY (MonthStart, ProductID)
);
GO

------------------------------------------------------------------------------------------------
-- Inventory
------------------------------------------------------------------------------------------------

CREATE TABLE Inventory.Bin
(
    LocationID smallint NOT NULL CONSTRAINT FK_Bin_Location REFERENCES Inventory.Location (LocationID),
    BinCode    varchar(8) NOT NULL,
    MaxWeightKg decimal(9, 3) NULL,
    IsPickFace bit NOT NULL DEFAULT 1,
    CONSTRAINT PK_Bin PRIMARY KEY (LocationID, BinCode),
    CONSTRAINT CK_Bin_Code CHECK (BinCode LIKE '[A-H][0-9][0-9]-[0-9]')
);
GO

CREATE TABLE Inventory.StockLevel
(
    ProductID      int NOT NULL,
    LocationID     smallint NOT NULL,
    BinCode        varchar(8) NULL,
    QuantityOnHand int NOT NULL CONSTRAINT DF_StockLevel_OnHand DEFAULT 0,
    QuantityReserved int NOT NULL CONSTRAINT DF_StockLevel_Reserved DEFAULT 0,
    Available      AS (QuantityOnHand - QuantityReserved),
    ReorderPoint   smallint NOT NULL DEFAULT 5,
    LastCountedAt  datetime NULL,
    CONSTRAINT PK_StockLevel PRIMARY KEY (ProductID, LocationID),
    CONSTRAINT FK_StockLevel_Product FOREIGN KEY (ProductID) REFERENCES [Catalog].Product (ProductID),
    CONSTRAINT FK_StockLevel_Location FOREIGN KEY (LocationID) REFERENCES Inventory.Location (LocationID),
    CONSTRAINT FK_StockLevel_Bin FOREIGN KEY (LocationID, BinCode) REFERENCES Inventory.Bin (LocationID, BinCode),
    CONSTRAINT CK_StockLevel_Quantities CHECK (QuantityOnHand >= 0 AND QuantityReserved >= 0 AND QuantityReserved <= QuantityOnHand)
);
GO

CREATE TABLE Inventory.PurchaseOrder
(
    PurchaseOrderID int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    SupplierID      int NOT NULL REFERENCES [Catalog].Supplier (SupplierID),
    LocationID      smallint NOT NULL REFERENCES Inventory.Location (LocationID),
    BuyerID         int NULL,
    Status          char(1) NOT NULL DEFAULT 'D' CHECK (Status IN ('D', 'S', 'P', 'C', 'X')),
    OrderedOn       smalldatetime NOT NULL DEFAULT (GETDATE()),
    ExpectedOn      date NULL,
    FreightCost     money NOT NULL DEFAULT (0),
    CONSTRAINT FK_PurchaseOrder_Buyer FOREIGN KEY (BuyerID) REFERENCES People.Employee (EmployeeID)
)
GO

CREATE TABLE Inventory.PurchaseOrderLine
(
    PurchaseOrderID  int NOT NULL CONSTRAINT FK_POLine_Order REFERENCES Inventory.PurchaseOrder (PurchaseOrderID) ON DELETE CASCADE,
    LineNumber       tinyint NOT NULL,
    ProductID        int NOT NULL,
    SupplierID       int NOT NULL,
    OrderedQuantity  int NOT NULL,
    ReceivedQuantity int NOT NULL DEFAULT (0),
    RejectedQuantity int NOT NULL DEFAULT (0),
    UnitCost         decimal(10, 4) NOT NULL,
    StockedQuantity  AS (ReceivedQuantity - RejectedQuantity) PERSISTED,
    CONSTRAINT PK_PurchaseOrderLine PRIMARY KEY (PurchaseOrderID, LineNumber),
    CONSTRAINT UQ_POLine_Product UNIQUE (PurchaseOrderID, ProductID),
    CONSTRAINT FK_POLine_ProductSupplier FOREIGN KEY (ProductID, SupplierID)
        REFERENCES [Catalog].ProductSupplier (ProductID, SupplierID),
    CONSTRAINT CK_POLine_Quantities CHECK (OrderedQuantity > 0 AND ReceivedQuantity >= 0
        AND RejectedQuantity BETWEEN 0 AND ReceivedQuantity)
);
GO

CREATE TABLE [Inventory].[StockMovement](
	[MovementID] [bigint] IDENTITY(1,1) NOT NULL,
	[ProductID] [int] NOT NULL,
	[LocationID] [smallint] NOT NULL,
	[MovedAt] [datetime2](0) NOT NULL,
	[MovementType] [char](3) NOT NULL,
	[Quantity] [int] NOT NULL,
	[UnitCost] [money] NULL,
	[SalesOrderID] [int] NULL,
	[PurchaseOrderID] [int] NULL,
	[Note] [varchar](100) NULL,
 CONSTRAINT [PK_StockMovement] PRIMARY KEY CLUSTERED ([MovementID] ASC),
 INDEX [IX_StockMovement_Product] NONCLUSTERED ([ProductID], [MovedAt])
) ON [PRIMARY]
GO
ALTER TABLE [Inventory].[StockMovement] ADD  CONSTRAINT [DF_StockMovement_MovedAt]  DEFAULT (sysutcdatetime()) FOR [MovedAt]
GO
ALTER TABLE [Inventory].[StockMovement]  WITH CHECK ADD  CONSTRAINT [FK_StockMovement_Product] FOREIGN KEY([ProductID])
REFERENCES [Catalog].[Product] ([ProductID])
GO
ALTER TABLE [Inventory].[StockMovement]  WITH CHECK ADD  CONSTRAINT [FK_StockMovement_Location] FOREIGN KEY([LocationID])
REFERENCES [Inventory].[Location] ([LocationID])
GO
ALTER TABLE [Inventory].[StockMovement]  WITH CHECK ADD  CONSTRAINT [FK_StockMovement_SalesOrder] FOREIGN KEY([SalesOrderID])
REFERENCES [Sales].[SalesOrder] ([SalesOrderID])
GO
ALTER TABLE [Inventory].[StockMovement]  WITH CHECK ADD  CONSTRAINT [FK_StockMovement_PurchaseOrder] FOREIGN KEY([PurchaseOrderID])
REFERENCES [Inventory].[PurchaseOrder] ([PurchaseOrderID])
GO
ALTER TABLE [Inventory].[StockMovement]  WITH CHECK ADD  CONSTRAINT [CK_StockMovement_Type] CHECK  (([MovementType]='ADJ' OR [MovementType]='TRF' OR [MovementType]='RTN' OR [MovementType]='SAL' OR [MovementType]='RCV'))
GO
ALTER TABLE [Inventory].[StockMovement]  WITH CHECK ADD  CONSTRAINT [CK_StockMovement_Sign] CHECK  (([Quantity]<>(0) AND (NOT [MovementType]='SAL' OR [Quantity]<(0)) AND (NOT ([MovementType]='RTN' OR [MovementType]='RCV') OR [Quantity]>(0))))
GO

CREATE TABLE Inventory.ReorderSuggestion
(
    SuggestionID int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    ProductID    int NOT NULL REFERENCES [Catalog].Product (ProductID),
    LocationID   smallint NOT NULL REFERENCES Inventory.Location (LocationID),
    Quantity     int NOT NULL CHECK (Quantity > 0),
    SuggestedOn  date NOT NULL DEFAULT (CAST(SYSDATETIME() AS date))
);
GO

------------------------------------------------------------------------------------------------
-- What has to wait until both sides exist, and indexes
------------------------------------------------------------------------------------------------

-- HR enters a shop's manager before the shop's staff, so nobody checked the rows there were.
ALTER TABLE Inventory.Location WITH NOCHECK ADD CONSTRAINT FK_Location_Manager
    FOREIGN KEY (ManagerID) REFERENCES People.Employee (EmployeeID);
ALTER TABLE Inventory.Location NOCHECK CONSTRAINT FK_Location_Manager;
GO
ALTER TABLE Sales.SalesOrder ADD CONSTRAINT FK_SalesOrder_Salesperson FOREIGN KEY (SalespersonID) REFERENCES People.Employee (EmployeeID);
GO
CREATE UNIQUE NONCLUSTERED INDEX UX_CustomerAddress_Default ON Sales.CustomerAddress (CustomerID) WHERE IsDefault = 1;
CREATE UNIQUE INDEX UX_Employee_Email ON People.Employee (Email) WHERE Email IS NOT NULL
CREATE UNIQUE INDEX [UX_CustomerHistory_Current] ON [Sales].[CustomerHistory] ([CustomerID]) WHERE ([IsCurrent]=(1))
GO
CREATE INDEX IX_Product_Category ON [Catalog].Product (CategoryID, BrandID) INCLUDE (Name, ListPrice)
CREATE INDEX IX_Payment_Order ON Sales.Payment (SalesOrderID);
CREATE NONCLUSTERED INDEX IX_SalesOrderLine_Product ON Sales.SalesOrderLine (ProductID) WITH (FILLFACTOR = 85);
GO
CREATE SYNONYM dbo.Orders FOR Sales.SalesOrder;
GO


------------------------------------------------------------------------------------------------
-- Rows: small tables
------------------------------------------------------------------------------------------------

INSERT INTO Sales.Country
VALUES
    ('GB', N'United Kingdom', 'GBP', 20.00),
    ('IE', N'Ireland', 'EUR', 23.00),
    ('FR', N'France', 'EUR', 20.00),
    ('DE', N'Germany', 'EUR', 19.00),
    ('NL', N'Netherlands', 'EUR', 21.00),
    ('DK', N'Denmark', 'DKK', 25.00),
    ('PL', N'Poland', 'PLN', 23.00),
    ('PT', N'Portugal', 'EUR', 23.00),
    ('TR', N'Türkiye', 'TRY', 20.00),
    ('VN', N'Việt Nam', 'VND', 10.00),
    ('IN', N'India', 'INR', 18.00);
GO
INSERT INTO Sales.LoyaltyTier (TierCode, Name, MinSpend, PointsPerUnit, FreeShipping) VALUES ('BRZ', N'Bronze', 0, DEFAULT, DEFAULT);
INSERT INTO Sales.LoyaltyTier (TierCode, Name, MinSpend, PointsPerUnit, FreeShipping) VALUES ('SLV', N'Silver', 250.00, 1.25, 0);
INSERT INTO Sales.LoyaltyTier (TierCode, Name, MinSpend, PointsPerUnit, FreeShipping) VALUES ('GLD', N'Gold', 750.00, 1.5, 1);
INSERT Sales.LoyaltyTier VALUES ('PLT', N'Platinum', $2000.00, 2, 'TRUE')
INSERT Sales.LoyaltyTier VALUES ('STF', N'Staff & family', 999999, 0.5, 1)
GO
INSERT INTO [People].[Department] ([Name], [CostCentre], [IsCustomerFacing])
VALUES
    (N'Shop floor', 'CC1000', 1),
    (N'Web shop', 'CC1100', 1),
    (N'Warehouse', 'CC2000', 0),
    (N'Buying', 'CC3000', 0),
    (N'Finance', 'CC4000', 0),
    (N'People & Culture', 'CC4100', 0),
    (N'Technology', 'CC5000', 0),
    (N'Directors', 'CC9000', 0)
GO
INSERT INTO People.JobTitle (Title, Grade, MinSalary, MaxSalary)
VALUES
      (N'Managing director', 9, 90000, 140000)
    , (N'Head of department', 8, 60000, 92000)
    , (N'Shop manager', 6, 34000, 46000)
    , (N'Deputy manager', 5, 28500, 36000)
    , (N'Sales assistant', 2, 22500, 26500)
    , (N'Warehouse operative', 2, 23000, 27500)
    , (N'Buyer', 5, 32000, 45000)
    , (N'Accountant', 6, 38000, 52000)
    , (N'Software developer', 7, 45000, 70000)
    , (N'Customer care agent', 3, 24000, 29000);
GO
-- ManagerID points at employees that follow further down
INSERT INTO Inventory.Location (Code, Name, LocationType, City, OpensAt, ClosesAt, FloorAreaSqm, OpenedOn, ManagerID)
VALUES
    ('BRIGHTON', N'Brighton Lanes', 'Shop', N'Brighton', '09:00', '18:00', 410, '20090403', 7),
    ('WHITBY', N'Whitby Harbour', 'Shop', N'Whitby', '09:30', '17:30', 260, '20110716', 8),
    ('Bath', N'Bath, Milsom Street', 'Shop', N'Bath', '09:00', '18:00', 380, '20140301', 9),
    ('EDIN', N'Edinburgh, Stockbridge', 'Shop', N'Edinburgh', '10:00', '18:30', 335, '20160912', 10),
    ('CARDIFF', N'Cardiff Arcades', 'Shop', N'Cardiff', '09:00', '19:00', 295, '20190228', 11),
    ('galway', N'Galway, Quay Street', 'Shop', N'Galway', '10:00', '18:00', 240, '20210611', NULL),
    ('DC-HULL', N'Hull distribution centre', 'Warehouse', N'Hull', NULL, NULL, 8200, '20120109', 12),
    ('WEB', N'harbourandvale.example', 'Web', NULL, NULL, NULL, NULL, '20130520', 13);
GO

------------------------------------------------------------------------------------------------
-- Rows: people
------------------------------------------------------------------------------------------------

SET IDENTITY_INSERT [People].[Employee] ON
GO
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (1, N'Margaret', N'Anne', N'Vale', N'margaret.vale@harbourandvale.example', 8, 100, NULL, NULL, CAST(N'2008-09-01' AS Date), NULL, 138000.00, DEFAULT, 0x564A954F, 'C94FED97-FFA2-4349-849C-0A738124DB51')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (2, N'Tomás', NULL, N'Ó Briain', N'tomas.obriain@harbourandvale.example', 1, 110, NULL, 1, CAST(N'2009-02-16' AS Date), NULL, 71500.00, DEFAULT, 0x6DEC9E89, 'B7F655F5-95FC-4B18-8568-868ACCCC5447')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (3, N'Ingrid', N'Sofie', N'Lindqvist', N'ingrid.lindqvist@harbourandvale.example', 4, 110, 70, 1, CAST(N'2010-05-04' AS Date), NULL, 69000.00, DEFAULT, 0x85297D9C, '6B9913CF-3050-4B4A-9BFC-B6C738B43BFD')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (4, N'Rajesh', NULL, N'Patel', N'rajesh.patel@harbourandvale.example', 5, 110, NULL, 1, CAST(N'2011-01-10' AS Date), NULL, 78250.00, DEFAULT, NULL, 'C3FDBE95-0D42-4CF6-B1DD-59C7B77A477A')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (5, N'Chloë', N'Marie', N'Dubois', N'chloe.dubois@harbourandvale.example', 6, 110, NULL, 1, CAST(N'2015-10-19' AS Date), NULL, 64000.00, DEFAULT, 0x760B55C1, '7BE179DD-BC28-4690-92C8-E3F636C9C4AA')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (6, N'Owen', NULL, N'Hughes', N'owen.hughes@harbourandvale.example', 7, 110, 80, 1, CAST(N'2013-03-25' AS Date), NULL, 86400.00, DEFAULT, 0xA7289A7F, 'E705F525-D186-44FC-A187-B4B71ADF0C9F')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (7, N'Patricia', N'J.', N'O''Neill', N'patricia.oneill@harbourandvale.example', 1, 120, 10, 2, CAST(N'2012-06-11' AS Date), NULL, 44100.00, DEFAULT, 0x44259593, '5F46C839-619B-4C52-9BFA-1489749F08FE')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (8, N'Callum', NULL, N'Redfern', N'callum.redfern@harbourandvale.example', 1, 120, 20, 2, CAST(N'2016-02-29' AS Date), NULL, 38700.00, DEFAULT, 0x48821A7E, '02FE0ACB-5916-4A5A-B388-569815DD13EC')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (9, N'Beatriz', N'Inês', N'Fonseca', N'beatriz.fonseca@harbourandvale.example', 1, 120, 30, 2, CAST(N'2017-08-14' AS Date), NULL, 41250.50, DEFAULT, 0xB86D379E, '9F5F72E4-A079-4B8B-A0C9-BF958FE0E8C9')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (10, N'Fiona', NULL, N'MacLeod', N'fiona.macleod@harbourandvale.example', 1, 120, 40, 2, CAST(N'2016-09-01' AS Date), NULL, 42900.00, DEFAULT, 0xE3B8DE44, 'FDB0B7BC-12CB-4A9A-AC68-62C9B016F8ED')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (11, N'Rhys', N'Dafydd', N'Morgan', N'rhys.morgan@harbourandvale.example', 1, 120, 50, 2, CAST(N'2019-01-07' AS Date), NULL, 36800.00, DEFAULT, 0x02138582, '4C002955-8DC3-46D8-98C4-9CA3A033CCDF')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (12, N'Krzysztof', NULL, N'Wójcik', N'krzysztof.wojcik@harbourandvale.example', 3, 120, 70, 3, CAST(N'2012-01-09' AS Date), NULL, 45500.00, DEFAULT, 0x1A3CBED9, 'D9DA4D38-5887-456C-93D9-614EF9F2BD92')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (13, N'Amira', NULL, N'Haddad', N'amira.haddad@harbourandvale.example', 2, 120, 80, 6, CAST(N'2018-11-12' AS Date), NULL, 43350.00, DEFAULT, 0xF43DC8CC, '60DAE817-C903-48A6-8F1E-807C29D26024')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (14, N'Siobhán', NULL, N'Kelly', N'siobhan.kelly@harbourandvale.example', 1, 130, 60, 2, CAST(N'2021-05-24' AS Date), NULL, 33900.00, DEFAULT, 0x573AB8E2, 'AC4F6749-BCA6-4060-8F49-02D56F6F2F5F')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (15, N'Daniel', NULL, N'Ashworth', N'daniel.ashworth@harbourandvale.example', 1, 140, 10, 7, CAST(N'2020-03-02' AS Date), NULL, 25100.00, DEFAULT, 0xE04C35D4, 'A88A6CFF-DCAC-45D0-A762-D42E65CDA7D0')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (16, N'Grace', N'Olu', N'Adeyemi', N'grace.adeyemi@harbourandvale.example', 1, 140, 10, 7, CAST(N'2022-11-14' AS Date), NULL, 23900.00, 24.0, 0x6552EC44, 'C8698791-CC8C-4A39-8A58-9D02CC1D3FC5')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (17, N'Peter', NULL, N'van der Berg', N'peter.vanderberg@harbourandvale.example', 1, 140, 20, 8, CAST(N'2018-07-01' AS Date), CAST(N'2023-12-31' AS Date), 24800.00, DEFAULT, NULL, 'BA428753-E9D2-4842-AAC5-56CD42AEC61C')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (18, N'Lily', NULL, N'Hargreaves', N'lily.hargreaves@harbourandvale.example', 1, 140, 20, 8, CAST(N'2024-01-15' AS Date), NULL, 22950.00, 30.0, 0x16443871, '6291DF99-BEA3-4AFE-BBC8-EAACD2A42258')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (19, N'Marco', NULL, N'D''Angelo', N'marco.dangelo@harbourandvale.example', 1, 140, 30, 9, CAST(N'2019-04-08' AS Date), NULL, 26300.00, DEFAULT, 0x739CF0F8, '33AA2D2F-67E7-4F47-AC79-9F98319881E5')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (20, N'Yuki', NULL, N'Tanaka', N'yuki.tanaka@harbourandvale.example', 1, 140, 30, 9, CAST(N'2023-02-28' AS Date), NULL, 23650.00, 16.0, 0x1505A4C6, '76DCABD5-9717-45F2-B48C-A6030D6A291A')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (21, N'Eilidh', N'Rose', N'Sinclair', N'eilidh.sinclair@harbourandvale.example', 1, 140, 40, 10, CAST(N'2017-10-30' AS Date), NULL, 26500.00, DEFAULT, 0x71D57C78, 'FD0F9302-DB98-4F96-B443-7369114B72EB')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (22, N'Hamish', NULL, N'Grant', N'hamish.grant@harbourandvale.example', 1, 140, 40, 10, CAST(N'2021-09-06' AS Date), CAST(N'2024-02-29' AS Date), 23400.00, 20.0, 0x0ED40581, '4C0F4D5C-C0DF-46C0-A2DD-6761D21FAD22')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (23, N'Carys', NULL, N'Prosser', N'carys.prosser@harbourandvale.example', 1, 140, 50, 11, CAST(N'2019-02-11' AS Date), NULL, 25750.00, DEFAULT, 0xE83EF59C, 'DAF88E02-2054-406A-8821-AC0E9B68B624')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (24, N'Nia', NULL, N'Bevan', N'nia.bevan@harbourandvale.example', 1, 140, 50, 11, CAST(N'2024-06-03' AS Date), NULL, 22600.00, 12.5, 0x78D60609, 'F06BD990-A8D9-404D-A882-630E80406CC6')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (25, N'Aoife', NULL, N'Ní Dhomhnaill', N'aoife.nidhomhnaill@harbourandvale.example', 1, 140, 60, 14, CAST(N'2021-06-07' AS Date), NULL, 25950.00, DEFAULT, 0x79509DD5, 'D82BD1DB-1278-45FF-9675-FB69331CE4D5')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (26, N'Wei', NULL, N'Zhang', N'wei.zhang@harbourandvale.example', 3, 150, 70, 12, CAST(N'2014-08-18' AS Date), NULL, 27400.00, DEFAULT, 0xEEDDBC14, '2A4A3FF5-1F92-42E4-906C-E42D337C17D7')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (27, N'Oluwaseun', NULL, N'Bakare', N'oluwaseun.bakare@harbourandvale.example', 3, 150, 70, 12, CAST(N'2022-01-17' AS Date), NULL, 24350.00, DEFAULT, 0xCC5EC79D, '1E5FDDA0-8037-4586-B7F9-DC3FA35F4F08')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (28, N'Jean-Luc', NULL, N'Moreau', NULL, 3, 150, 70, 12, CAST(N'2016-05-03' AS Date), CAST(N'2022-08-26' AS Date), 25000.00, DEFAULT, NULL, '7BBC7F37-0709-4310-BC51-FF7075E7FFEB')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (29, N'Hanne', NULL, N'Sørensen', N'hanne.sorensen@harbourandvale.example', 4, 160, 70, 3, CAST(N'2017-03-13' AS Date), NULL, 41800.00, DEFAULT, 0x05823EE3, 'BE0E1786-1A05-4DF7-9C79-7403D7F9C4A5')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (30, N'Samuel', N'T', N'Okonkwo', N'samuel.okonkwo@harbourandvale.example', 4, 160, 70, 3, CAST(N'2020-10-05' AS Date), NULL, 37250.00, 30.0, 0xDAFD63A1, '7CB27655-81BF-4700-9785-C1BCF64B428F')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (31, N'Zoë', NULL, N'Farrow', N'zoe.farrow@harbourandvale.example', 5, 170, NULL, 4, CAST(N'2018-01-22' AS Date), NULL, 47900.00, DEFAULT, 0x1E2C2070, '8F779428-FFF1-41BE-93B2-AE25A005C6EA')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (32, N'Dmitri', NULL, N'Volkov', N'dmitri.volkov@harbourandvale.example', 7, 180, 80, 6, CAST(N'2019-06-17' AS Date), NULL, 63700.00, DEFAULT, 0xCE2B25E4, 'D4766EF5-5248-4B1B-8D47-9BD32A52F6E9')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (33, N'Priya', NULL, N'Raman', N'priya.raman@harbourandvale.example', 7, 180, 80, 6, CAST(N'2022-04-04' AS Date), NULL, 58100.00, 32.0, 0x4B8B3557, 'E318B132-9184-4730-A38F-BE3D65770632')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (34, N'Łukasz', NULL, N'Nowak', N'lukasz.nowak@harbourandvale.example', 2, 190, 80, 13, CAST(N'2021-01-11' AS Date), NULL, 27650.00, DEFAULT, 0x68C80B7D, '868B30C1-B11C-46ED-ABB2-A76725259AA3')
INSERT [People].[Employee] ([EmployeeID], [FirstName], [MiddleName], [LastName], [Email], [DepartmentID], [JobTitleID], [LocationID], [ManagerID], [HireDate], [EndDate], [Salary], [ContractHours], [BadgeCode], [EmployeeGuid]) VALUES (35, N'Eve', NULL, N'St. John', N'eve.stjohn@harbourandvale.example', 2, 190, 80, 13, CAST(N'2023-09-18' AS Date), NULL, 24900.00, 25.0, 0x964E3C79, '7272882D-3135-4866-AC26-C6EA1B145E35')
SET IDENTITY_INSERT [People].[Employee] OFF
GO

------------------------------------------------------------------------------------------------
-- Rows: catalog
------------------------------------------------------------------------------------------------

SET IDENTITY_INSERT [Catalog].Category ON;
INSERT INTO [Catalog].Category (CategoryID, ParentCategoryID, Name, SortOrder)
VALUES
    (1, NULL, N'Home', 10),
    (2, 1, N'Kitchen', 20),
    (3, 1, N'Dining', 30),
    (4, 1, N'Living room', 40),
    (5, 1, N'Bedroom', 50),
    (6, 1, N'Bathroom', 60),
    (7, NULL, N'Garden & Outdoor', 0),
    (8, 2, N'Cookware', 10),
    (9, 2, N'Utensils & Gadgets', 20),
    (10, 2, N'Storage', 30),
    (11, 3, N'Tableware', 40),
    (12, 3, N'Glassware', 50),
    (13, 4, N'Lighting', 60),
    (14, 4, N'Cushions & Throws', 0),
    (15, 4, N'Rugs', 10),
    (16, 5, N'Bed linen', 20),
    (17, 6, N'Towels', 30),
    (18, 7, N'Planters', 40),
    (19, 7, N'Tools', 50),
    (20, 8, N'Cast iron', 60),
    (21, 8, N'Copper', 0),
    (22, NULL, N'Gifts', 10),
    (23, 22, N'Candles', 20);
SET IDENTITY_INSERT [Catalog].Category OFF;
GO
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Harbour & Vale', 'https://harbourandvale.example', 1)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Fjordhem', 'https://fjordhem.example', 0)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Casa Oliveira', NULL, 0)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Müller & Söhne', 'https://mueller-soehne.example', 0)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Lighthouse Works', 'http://lighthouse.example', 0)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Potter''s Row', NULL, 0)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Tidewater Linen', 'https://tidewater.example/shop', 1)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Anatolia Loom', NULL, 0)
INSERT INTO [Catalog].Brand (Name, Website, IsOwnBrand) VALUES (N'Hội An Craft', NULL, 0)
GO
INSERT INTO [Catalog].Supplier (SupplierCode, Name, CountryCode, Email, Phone, Rating, PaymentDays, IsActive)
VALUES
    ('FJO-01', N'Fjordhem Agentur ApS', 'DK', N'ordre@fjordhem.example', '+45 55 01 02 03', 5, 30, 1),
    ('cas-02', N'Casa Oliveira, Lda.', 'PT', N'vendas@oliveira.example', NULL, 4, 60, 1),
    ('MUE-03', N'Müller & Söhne GmbH', 'DE', N'bestellung@mueller-soehne.example', '+49 30 5550 110', 5, 30, 1),
    ('LGT-04', N'Lighthouse Works Ltd', 'GB', N'sales@lighthouse.example', '01632 960 114', 3, 30, 1),
    ('POT-05', N'Potter''s Row Studio', 'GB', NULL, '01632 960 288', 4, 14, 1),
    ('TID-06', N'Tidewater Linen Mills', 'IE', N'orders@tidewater.example', '+353 20 915 0000', 4, 60, 1),
    ('ANA-07', N'Anatolia Loom A.Ş.', 'TR', N'export@anatolia.example', '+90 212 555 0144', 3, 90, 1),
    ('HOI-08', N'Hội An Craft Co-operative', 'VN', N'hello@hoian.example', NULL, NULL, 90, 1),
    ('DEL-09', N'Delft Glashandel B.V.', 'NL', N'info@delftglas.example', '+31 15 555 0110', 2, 30, 1),
    ('BRC-10', N'Bricolage du Nord', 'FR', N'contact@bricolage.example', NULL, 1, 0, 0),
    ('GDN-11', N'Vistula Garden Sp. z o.o.', 'PL', N'biuro@vistula.example', '+48 22 555 01 99', 4, 30, 1),
    ('JPR-12', N'Jaipur Block Print', 'IN', NULL, NULL, NULL, 60, 1);
GO
SET IDENTITY_INSERT [Catalog].[Product] ON;
GO
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (1, 'HV-CST-101', N'Cast iron casserole, 4 l', 20, 4, 129.0000, 61.2000, 5.400, 26, 26, 17, 1, 12, 120, N'<attributes><material>cast iron</material><colour code="SEA">Sea</colour><induction>true</induction></attributes>', N'Enamelled inside and out. Comes with a lid that weighs as much as most pans.', CAST(N'2019-04-29' AS Date), NULL, '0178a256-7990-44bc-b2cd-8bbbb7b88f21', CAST(N'2025-01-16T23:05:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (2, 'HV-CST-102', N'Cast iron casserole, 6 l', 20, 4, 159.0000, 74.8500, 6.900, 30, 30, 19, 1, 12, 120, N'<attributes><material>cast iron</material><colour code="INK">Ink</colour><induction>true</induction></attributes>', NULL, CAST(N'2020-06-05' AS Date), NULL, '4dbbf600-926e-4d07-a09f-92ce8a36712c', CAST(N'2025-02-03T17:11:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (3, 'HV-CST-103', N'Cast iron skillet 26 cm', 20, 4, 64.5000, 27.1000, 2.650, 42, 27, 6, 1, 12, 120, N'<attributes><material>cast iron</material><colour code="ASH">Ash</colour><induction>true</induction></attributes>', NULL, CAST(N'2021-10-10' AS Date), NULL, '129a4fbb-bf34-433b-af10-87044e016e60', CAST(N'2025-01-09T03:56:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (4, 'HV-CST-104', N'Griddle pan, square', 20, 1, 49.0000, 19.9500, 3.100, 45, 27, 5, 1, 12, 120, NULL, NULL, CAST(N'2019-01-04' AS Date), NULL, '2c81ad0d-5f0c-4314-bf11-5c7adc56af63', CAST(N'2025-02-12T04:19:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (5, 'HV-CST-105', N'Pancake pan ''Lille''', 20, 2, 42.0000, 17.6000, 1.900, 40, 23, 4, 1, 12, 120, NULL, NULL, CAST(N'2019-11-13' AS Date), CAST(N'2024-01-31' AS Date), '3f8a7b0a-de1e-4f7b-bc08-f4c035b8dc7f', CAST(N'2025-01-28T21:10:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (6, 'HV-COP-101', N'Copper saucepan 16 cm', 21, 3, 98.0000, 52.3000, 1.250, 32, 17, 12, 1, 12, 300, NULL, N'Tinned inside; wipe dry or it will remind you.', CAST(N'2022-09-01' AS Date), NULL, '7ffeeafe-ed62-48d2-b5ec-ee2500a02bee', CAST(N'2025-01-07T12:55:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (7, 'HV-COP-102', N'Copper sauté pan 24 cm', 21, 3, 149.0000, 80.1000, 2.100, 46, 25, 12, 1, 12, 300, NULL, NULL, CAST(N'2016-12-01' AS Date), NULL, 'e2d61b2d-31c5-4cec-8b28-82f05ce67ed4', CAST(N'2025-02-09T06:46:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (8, 'HV-COP-103', N'Copper jam pan 9 l', 21, 3, 189.0000, 104.0000, 3.450, 40, 40, 16, 1, 12, 300, NULL, NULL, CAST(N'2022-04-15' AS Date), NULL, '1a9222c0-85cd-4f70-86e2-28f91dee271d', CAST(N'2025-02-04T19:31:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (9, 'HV-CKW-101', N'Steel stockpot 10 l', 8, 4, 84.0000, 38.4000, 2.900, 30, 30, 26, 1, 12, NULL, NULL, NULL, CAST(N'2018-02-09' AS Date), NULL, '13ea8da2-771f-406c-9161-dcbeeb5956ea', CAST(N'2025-01-30T14:20:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (10, 'HV-CKW-102', N'Roasting tin, large', 8, 1, 32.5000, 11.7500, 1.450, 42, 32, 8, 1, 12, NULL, NULL, NULL, CAST(N'2020-02-13' AS Date), NULL, '9d2d3fe5-d4bb-44bd-bddd-6a041b94f234', CAST(N'2025-01-23T22:55:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (11, 'HV-CKW-103', N'Loaf tin 2 lb', 8, 1, 12.0000, 3.9000, 0.380, 24, 13, 8, 1, 12, NULL, NULL, NULL, CAST(N'2021-07-11' AS Date), NULL, 'bb819a0e-d49f-4768-a091-2a50255a2cb5', CAST(N'2025-01-30T04:53:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (12, 'hv-utn-101', N'Beech spoon set (3)', 9, 2, 14.5000, 4.2000, 0.180, 32, 8, 4, 1, 24, NULL, NULL, NULL, CAST(N'2021-02-07' AS Date), NULL, 'e61850c4-a7b0-42f5-b4cd-d03023d3cae9', CAST(N'2025-02-15T13:14:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (13, 'HV-UTN-102', N'Chef''s knife 20 cm', 9, 4, 72.0000, 33.5000, 0.240, 34, 6, 3, 1, 24, NULL, NULL, N'The blade is forged, not stamped. It''s the one our cooks use.', CAST(N'2018-08-10' AS Date), NULL, 'b74a3fda-4dc0-4859-aa86-ea7aa64b491e', CAST(N'2025-02-01T21:39:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (14, 'HV-UTN-103', N'Paring knife 9 cm', 9, 4, 24.0000, 9.1000, 0.080, 21, 4, 2, 1, 24, NULL, NULL, NULL, CAST(N'2017-05-17' AS Date), NULL, 'f0485998-1425-4366-b064-44c52e559ff1', CAST(N'2025-01-17T13:13:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (15, 'HV-UTN-104', N'Olive wood board', 9, 1, 38.0000, 15.3000, 1.300, 40, 22, 2, 1, 24, NULL, NULL, NULL, CAST(N'2022-04-15' AS Date), NULL, '324399fa-4d0d-4709-8299-af664faf0319', CAST(N'2025-01-15T19:24:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (16, 'HV-UTN-105', N'Balloon whisk', 9, 1, 9.5000, 2.4500, 0.120, 30, 7, 7, 1, 24, NULL, NULL, NULL, CAST(N'2017-10-09' AS Date), NULL, '6021f1b4-476e-4a0e-b447-82e7075fb71e', CAST(N'2025-01-24T22:08:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (17, 'HV-UTN-106', N'Citrus press ''Algarve''', 9, 3, 27.5000, 11.8000, 0.900, 22, 14, 24, 1, 24, NULL, NULL, NULL, CAST(N'2016-06-24' AS Date), CAST(N'2024-02-29' AS Date), '2f30e9ee-76ac-4eb0-b14f-020661845cdc', CAST(N'2025-02-09T01:13:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (18, 'HV-UTN-107', N'Measuring jug 1 l', 9, 1, 11.2500, 3.6000, 0.410, 17, 12, 15, 1, 24, NULL, NULL, NULL, CAST(N'2021-07-16' AS Date), NULL, 'a2d6303d-03b7-492b-b38e-66ba7b9b5af6', CAST(N'2025-02-08T19:05:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (19, 'HV-STO-101', N'Enamel bread bin', 10, 2, 46.0000, 20.1500, 2.300, 35, 24, 20, 1, 12, NULL, NULL, NULL, CAST(N'2016-05-13' AS Date), NULL, '6b181df3-b194-43bf-a8d3-6552d619bf60', CAST(N'2025-01-07T19:34:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (20, 'HV-STO-102', N'Stoneware flour jar', 10, 6, 34.0000, 13.9000, 1.900, 17, 17, 22, 1, 12, NULL, NULL, NULL, CAST(N'2019-09-17' AS Date), NULL, '63b10e6d-be02-4325-92a7-202a96180140', CAST(N'2025-01-09T19:15:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (21, 'HV-STO-103', N'Glass spice jars (12)', 10, 1, 29.0000, 9.8000, 2.150, 30, 24, 12, 1, 12, NULL, NULL, NULL, CAST(N'2019-01-29' AS Date), NULL, 'a0415f99-ce7b-45c6-8c49-ab52e5e82948', CAST(N'2025-01-21T07:50:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (22, 'HV-STO-104', N'Tea caddy, sage', 10, 2, 16.5000, 5.4000, 0.350, 11, 11, 14, 1, 12, NULL, NULL, NULL, CAST(N'2021-09-09' AS Date), NULL, '4ec9d619-5a07-4e6c-8c53-5c8f2e0929e6', CAST(N'2025-02-10T01:21:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (23, 'HV-TAB-101', N'Dinner plate, sea glaze', 11, 6, 18.0000, 6.7500, 0.720, 28, 28, 3, 1, 10, NULL, NULL, N'Each plate is glazed by hand, so "identical" is not on offer.', CAST(N'2017-12-03' AS Date), NULL, '542d8a17-67ca-4e89-b925-aaf74cc47721', CAST(N'2025-01-31T05:54:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (24, 'HV-TAB-102', N'Side plate, sea glaze', 11, 6, 13.0000, 4.6000, 0.410, 21, 21, 3, 1, 10, NULL, NULL, NULL, CAST(N'2022-10-09' AS Date), NULL, 'a9598078-b02d-4a63-ba63-108e5bbd17d2', CAST(N'2025-01-30T19:21:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (25, 'HV-TAB-103', N'Pasta bowl, sea glaze', 11, 6, 17.0000, 6.1000, 0.650, 23, 23, 6, 1, 10, NULL, NULL, NULL, CAST(N'2020-08-01' AS Date), NULL, '1a3df8d5-91ff-4202-9a2e-7754403aa93c', CAST(N'2025-01-31T02:45:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (26, 'HV-TAB-104', N'Mug, sea glaze', 11, 6, 12.5000, 4.0500, 0.340, 13, 9, 10, 1, 10, NULL, NULL, NULL, CAST(N'2021-03-05' AS Date), NULL, 'ce3fcba4-4354-46d0-ac6d-b39d6cf56e2a', CAST(N'2025-01-28T06:00:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (27, 'HV-TAB-105', N'Serving platter ''Sintra''', 11, 3, 54.0000, 24.3000, 1.850, 44, 30, 4, 1, 10, NULL, NULL, NULL, CAST(N'2018-07-05' AS Date), NULL, '272d4a05-109e-4a1b-8a5b-66a89d59d1a8', CAST(N'2025-02-01T22:08:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (28, 'HV-TAB-106', N'Teapot, 1.2 l', 11, 6, 42.0000, 17.2500, 1.050, 24, 15, 17, 1, 10, NULL, NULL, NULL, CAST(N'2018-06-29' AS Date), NULL, 'b6e58c15-3da4-4233-b0a0-96b4bf487be2', CAST(N'2025-01-31T12:13:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (29, 'HV-TAB-107', N'Cutlery set, 24 pieces', 11, 2, 119.0000, 55.0000, 2.400, 38, 28, 7, 1, 10, NULL, NULL, NULL, CAST(N'2016-03-25' AS Date), NULL, '5d6f3638-396d-492d-b43a-4bc86c303a5a', CAST(N'2025-02-01T12:03:00.000' AS DateTime))
INSERT [Catalog].[Product] ([ProductID], [SKU], [Name], [CategoryID], [BrandID], [ListPrice], [StandardCost], [WeightKg], [WidthCm], [DepthCm], [HeightCm], [PackSize], [CartonSize], [WarrantyMonths], [Attributes], [Description], [LaunchedOn], [DiscontinuedOn], [ProductGuid], [ModifiedDate]) VALUES (30, 'HV-TAB-108', N'Linen napkins (4)', 11, 7, 28.0000, 10.6000, 0.260, 22, 22, 2, 1, 10, NULL, NULL, NULL, CAST(N'2021-07-08' AS Date), NULL, 'b82e9c66-c076-4e32-a32a-6b2ecc80b12c', CAST(N'2025-01-26T23:37:00.000' AS DateTime))
GO
-- the rest came with the second season; no weights for what has none
INSERT INTO Catalog.Product (ProductID, SKU, Name, CategoryID, BrandID, ListPrice, StandardCost, WeightKg, WidthCm, DepthCm, HeightCm, PackSize, CartonSize, WarrantyMonths, Attributes, Description, LaunchedOn, DiscontinuedOn, ProductGuid, ModifiedDate)
VALUES
    (31, 'HV-TAB-109', N'Linen tablecloth 250 cm', 11, 7, 84.00, 34.90, 0.950, 35, 28, 4, 1, 10, NULL, NULL, NULL, '20160627', NULL, '5BE1C354-E163-4A04-AC86-185AD5CA3567', '2025-02-05T19:34:00'),
    (32, 'HV-GLS-101', N'Wine glasses (6)', 12, 2, 45.00, 18.20, 1.500, 28, 19, 24, 2, 7, NULL, NULL, NULL, '20160217', NULL, 'B4EC37A0-A4F4-4599-A82B-0975C492F2CA', '2025-01-16T00:42:00'),
    (33, 'hv-gls-102', N'Tumblers (4)', 12, 2, 26.00, 9.95, 1.250, 19, 19, 11, 2, 7, NULL, NULL, NULL, '20200516', NULL, '2C24C3C8-543E-4F39-81D2-216C4A1DED24', '2025-01-22T23:08:00'),
    (34, 'HV-GLS-103', N'Carafe with cork', 12, NULL, 31.00, 12.40, 0.980, 13, 13, 29, 1, 7, NULL, NULL, NULL, '20160224', NULL, '9D74DDF6-7D22-482F-9BD7-AC29B44C5F74', '2025-01-26T03:01:00'),
    (35, 'HV-GLS-104', N'Recycled glass vase', 12, 9, 36.50, 12.75, 1.700, 17, 17, 28, 2, 7, NULL, NULL, N'Mouth-blown in Hội An from old bottles.', '20170627', NULL, '55FA507A-B35F-4C7F-BCEE-A30F5CBEB7FC', '2025-01-31T16:30:00'),
    (36, 'HV-GLS-105', N'Champagne coupes (2)', 12, NULL, 24.00, 9.30, 0.480, 22, 11, 16, 2, 7, NULL, NULL, NULL, '20210207', '20240630', '174BEE09-D797-47D7-974E-8EED4EDEC8A7', '2025-01-19T02:24:00'),
    (37, 'HV-LMP-101', N'Ship''s lantern, brass', 13, 5, 89.00, 39.40, 2.250, 20, 20, 34, 1, 3, 24, N'<attributes><bulb fitting="E27" maxWatts="40"/></attributes>', N'A working lantern: 20 hours on one filling. Not for use below deck.', '20220721', NULL, '3C12349B-ABAB-465B-B292-6A0C94E04BFF', '2025-02-11T22:00:00'),
    (38, 'HV-LMP-102', N'Desk lamp ''Beacon''', 13, 5, 74.00, 31.00, 1.950, 24, 20, 45, 1, 3, NULL, N'<attributes><bulb fitting="E14" maxWatts="25"/></attributes>', NULL, '20160425', NULL, '9522B911-B083-415C-B6C5-7BE1F7E1AD1E', '2025-02-14T12:31:00'),
    (39, 'HV-LMP-103', N'Pendant, ribbed glass', 13, 5, 112.00, 51.75, 2.700, 32, 32, 30, 1, 3, 24, NULL, NULL, '20181218', NULL, 'C585A14F-0AC8-4746-B881-B0B902C41352', '2025-01-27T21:26:00'),
    (40, 'HV-LMP-104', N'Floor lamp ''Tripod''', 13, 2, 185.00, 92.40, 6.300, 55, 55, 152, 1, 3, NULL, N'<attributes><bulb fitting="E27" maxWatts="60"/></attributes>', NULL, '20200613', NULL, '6490E6E1-5118-4900-A428-36604701B4B8', '2025-02-02T16:55:00'),
    (41, 'HV-LMP-105', N'Bamboo shade', 13, 9, 39.00, 12.10, 0.550, 38, 38, 26, 1, 3, 24, NULL, NULL, '20200203', NULL, '8BC03FBC-5CC4-4115-9911-61D5A243DF87', '2025-02-13T11:21:00'),
    (42, 'HV-LMP-106', N'Wall light, weathered', 13, 5, 68.00, 28.85, 1.350, 16, 22, 28, 1, 3, NULL, NULL, NULL, '20210316', '20240930', 'AD21FFD4-FE32-437C-AFB9-C75E68630AA0', '2025-01-18T12:26:00'),
    (43, 'HV-CUS-101', N'Linen cushion 45 cm', 14, 7, 34.00, 12.80, 0.620, 45, 45, 14, 1, 12, NULL, NULL, NULL, '20210210', NULL, 'BD7DD739-5707-4241-947B-82C256ADCBC2', '2025-01-28T20:10:00'),
    (44, 'HV-CUS-102', N'Kilim cushion 50 cm', 14, 8, 46.00, 17.95, 0.750, 50, 50, 14, 1, 12, NULL, NULL, NULL, '20180526', NULL, '1D3AA435-DA15-413A-9042-BB4E1D2008F3', '2025-02-12T17:06:00'),
    (45, 'HV-CUS-103', N'Lambswool throw', 14, 2, 79.00, 35.60, 0.980, 40, 32, 10, 1, 12, NULL, NULL, NULL, '20200928', NULL, '07C767C3-D5DA-454E-9E2B-02BCEFC84C68', '2025-02-16T06:18:00'),
    (46, 'HV-CUS-104', N'Cotton throw, waffle', 14, 7, 42.00, 15.20, 0.860, 38, 30, 9, 1, 12, NULL, NULL, NULL, '20210215', NULL, 'FF962290-FE3B-40B8-B1F5-FFA1DF497216', '2025-01-11T05:07:00'),
    (47, 'HV-CUS-105', N'Mohair blanket', 14, 8, 128.00, 63.25, 1.150, 42, 36, 12, 1, 12, NULL, NULL, NULL, '20180729', NULL, 'ABC30CF1-7A42-4BD2-BCE6-DA279F87116D', '2025-01-18T10:24:00'),
    (48, 'HV-RUG-101', N'Kilim rug 120 x 180', 15, 8, 240.00, 118.00, 4.900, 120, 20, 20, 1, 1, NULL, NULL, N'Woven near Konya; colours differ from piece to piece.', '20220901', NULL, '7ED12160-FBA2-4FCD-9377-57FF701A6501', '2025-02-13T11:50:00'),
    (49, 'HV-RUG-102', N'Kilim runner 70 x 240', 15, 8, 175.00, 83.50, 3.600, 70, 18, 18, 1, 1, NULL, NULL, NULL, '20220218', NULL, '47FCCC53-2677-4EB6-A0C2-67FD33015536', '2025-02-07T10:51:00'),
    (50, 'HV-RUG-103', N'Jute rug, round 150', 15, 9, 98.00, 36.45, 4.200, 150, 16, 16, 1, 1, NULL, NULL, NULL, '20181214', NULL, 'C97635CB-CBB6-4118-94D5-3939A0EEC205', '2025-01-20T04:33:00'),
    (51, 'HV-RUG-104', N'Wool rug 160 x 230', 15, 2, 395.00, 201.00, 9.700, 160, 26, 26, 1, 1, NULL, NULL, N'100 % wool. Mothproofed.', '20160526', NULL, '78704DAC-0A32-47DA-BA24-585262542B15', '2025-02-14T17:15:00'),
    (52, 'HV-BED-101', N'Duvet cover, double, linen', 16, 7, 145.00, 66.00, 1.900, 38, 30, 8, 1, 12, NULL, N'<attributes><material>linen</material><wash celsius="40"/><note>Don''t tumble dry</note></attributes>', NULL, '20160923', NULL, '39029E69-A6A5-4BD6-9520-FB4D9762C066', '2025-02-05T14:57:00'),
    (53, 'HV-BED-102', N'Duvet cover, king, linen', 16, 7, 165.00, 75.40, 2.150, 38, 32, 9, 1, 12, NULL, N'<attributes><material>linen</material><wash celsius="40"/><note>Don''t tumble dry</note></attributes>', NULL, '20211211', NULL, '15519E34-7B08-4984-9A53-34F88319A80B', '2025-01-26T22:10:00'),
    (54, 'HV-BED-103', N'Fitted sheet, double', 16, 7, 68.00, 28.30, 0.950, 34, 26, 6, 1, 12, NULL, NULL, NULL, '20210621', NULL, '1363F462-A3BB-47CE-BF96-DE54EDDB2AB1', '2025-02-06T00:32:00'),
    (55, 'HV-BED-104', N'Pillowcases, pair', 16, 7, 38.00, 14.10, 0.420, 30, 24, 4, 1, 12, NULL, NULL, NULL, '20210906', NULL, '50B5DCDB-F1C0-4B08-B305-87BC1F7C3CB6', '2025-01-27T18:15:00');
INSERT INTO Catalog.Product (ProductID, SKU, Name, CategoryID, BrandID, ListPrice, StandardCost, WeightKg, WidthCm, DepthCm, HeightCm, PackSize, CartonSize, WarrantyMonths, Attributes, Description, LaunchedOn, DiscontinuedOn, ProductGuid, ModifiedDate)
VALUES
    (56, 'HV-BED-105', N'Block print quilt', 16, 8, 135.00, 58.80, 1.700, 42, 34, 12, 1, 12, NULL, NULL, NULL, '20180501', NULL, '8050FD6F-240A-48E4-A857-653825852886', '2025-02-15T07:56:00'),
    (57, 'HV-TWL-101', N'Hammam towel', 17, 8, 29.00, 9.40, 0.400, 30, 24, 4, 1, 12, NULL, NULL, N'Peştemal weave; softer with every wash.', '20171111', NULL, '7E480EB1-7DDB-4320-9072-6CB756D9F82E', '2025-02-14T12:01:00'),
    (58, 'HV-TWL-102', N'Bath towel, 600 gsm', 17, 1, 26.00, 9.75, 0.650, 35, 28, 6, 1, 12, NULL, NULL, NULL, '20220803', NULL, '958335C6-E66D-46C7-ADEE-595018C93595', '2025-01-11T09:29:00'),
    (59, 'HV-TWL-103', N'Hand towel, 600 gsm', 17, 1, 14.00, 4.80, 0.300, 28, 20, 5, 1, 12, NULL, NULL, NULL, '20211105', NULL, 'C6AF1D65-2D1B-46CC-B973-DE6FB6969465', '2025-01-26T08:52:00'),
    (60, 'HV-TWL-104', N'Bath mat, tufted', 17, 1, 32.00, 12.20, 1.100, 50, 20, 10, 1, 12, NULL, NULL, NULL, '20190908', NULL, 'ADA26445-1E7C-43CD-8CBA-3908A967404F', '2025-01-17T06:39:00'),
    (61, 'HV-BTH-101', N'Bamboo bath tray', 6, 9, 44.00, 16.30, 1.650, 72, 16, 5, 1, 12, NULL, NULL, NULL, '20180915', NULL, '4E4E6D96-04E6-486A-8ECD-E1BD08664A3F', '2025-01-07T16:43:00'),
    (62, 'hv-bth-102', N'Soap dish, speckled', 6, 6, 11.00, 3.20, 0.280, 13, 9, 3, 1, 12, NULL, NULL, NULL, '20160326', NULL, '0302DE18-B63A-48DF-97F8-BFABC6A75918', '2025-01-15T06:58:00'),
    (63, 'HV-BTH-103', N'Laundry basket', 6, 2, 58.00, 24.10, 2.050, 40, 40, 55, 1, 12, NULL, NULL, NULL, '20180426', NULL, '8081CE42-4C6B-453F-9CAC-7CA3F8A73DBA', '2025-01-10T05:45:00'),
    (64, 'HV-PLT-101', N'Terracotta pot 20 cm', 18, 6, 15.50, 4.95, 1.850, 20, 20, 19, 1, 12, NULL, NULL, NULL, '20201219', NULL, '04423992-3FEF-4621-BF16-D3C01D0A2EFD', '2025-02-09T16:14:00'),
    (65, 'HV-PLT-102', N'Terracotta pot 35 cm', 18, 6, 34.00, 12.60, 6.200, 35, 35, 32, 1, 12, NULL, NULL, NULL, '20201215', NULL, '88B7170A-0E0C-4D76-8E80-96CACBEC9A47', '2025-01-30T18:13:00'),
    (66, 'HV-PLT-103', N'Zinc trough 60 cm', 18, 1, 52.00, 21.00, 3.400, 60, 22, 20, 1, 12, NULL, NULL, NULL, '20180223', NULL, '6123AFC7-2138-48DE-AE2A-FD2E7464BE3B', '2025-01-19T01:37:00'),
    (67, 'HV-PLT-104', N'Hanging basket, seagrass', 18, 9, 22.00, 6.85, 0.450, 30, 30, 24, 1, 12, NULL, NULL, NULL, '20221102', NULL, 'B84394A8-A97C-48A5-804F-10C7BEDBE2D9', '2025-01-25T22:32:00'),
    (68, 'HV-TLS-101', N'Hand trowel, ash', 19, 4, 19.50, 7.90, 0.320, 32, 8, 5, 1, 12, NULL, NULL, NULL, '20210831', NULL, 'CE2470C0-0350-41F5-AB78-2AB27C01BCE7', '2025-02-03T23:45:00'),
    (69, 'HV-TLS-102', N'Secateurs', 19, 4, 44.00, 20.20, 0.260, 21, 6, 3, 1, 12, 24, NULL, NULL, '20180312', NULL, 'A0AB9FC4-C251-462F-A10F-F7348A0DF075', '2025-01-18T15:48:00'),
    (70, 'HV-TLS-103', N'Watering can 5 l', 19, 1, 36.00, 14.75, 1.250, 42, 18, 34, 1, 12, NULL, NULL, NULL, '20180913', NULL, '4ADAF699-761F-4C4F-8349-71EA2D45E991', '2025-02-07T06:16:00'),
    (71, 'HV-TLS-104', N'Border spade', 19, 4, 58.00, 26.30, 1.800, 101, 18, 6, 1, 12, 24, NULL, NULL, '20170523', '20241115', 'A2BE718C-19B4-476E-990C-326B2110ED5A', '2025-01-06T10:56:00'),
    (72, 'HV-GDN-101', N'Folding bistro chair', 7, 2, 72.00, 33.10, 5.100, 46, 52, 82, 1, 12, NULL, NULL, NULL, '20171129', NULL, '201F9A85-6F07-44DD-B4A6-8E5CBC027C0E', '2025-01-16T11:15:00'),
    (73, 'HV-GDN-102', N'Picnic blanket', 7, 1, 48.00, 18.90, 1.300, 40, 34, 12, 1, 12, NULL, NULL, NULL, '20160718', NULL, 'FDD159CE-7832-4301-B071-6616A9E2E601', '2025-01-22T06:27:00'),
    (74, 'HV-CND-101', N'Candle, sea salt & sage', 23, 1, 22.00, 6.40, 0.520, 9, 9, 11, 6, 36, NULL, NULL, NULL, '20190112', NULL, 'DC297590-A359-48E7-860B-D580874FFC1C', '2025-02-06T19:24:00'),
    (75, 'HV-CND-102', N'Candle, fig leaf', 23, 1, 22.00, 6.40, 0.520, 9, 9, 11, 6, 36, NULL, NULL, NULL, '20220927', NULL, 'F1840969-B140-47AD-BF61-B66F656C9946', '2025-01-28T03:44:00'),
    (76, 'HV-CND-103', N'Beeswax tapers (6)', 23, 5, 16.00, 5.75, 0.310, 27, 7, 4, 6, 36, NULL, NULL, NULL, '20180818', NULL, 'CB259F5B-07C5-49BC-BF3A-5B299C106071', '2025-01-20T07:06:00'),
    (77, 'HV-GFT-101', N'Ceramic house, no. 7', 22, 6, 14.00, 4.10, 0.300, 7, 7, 13, 1, 12, NULL, NULL, NULL, '20161004', NULL, '030E1EA4-1F34-4704-8238-14795DD92D02', '2025-01-14T00:45:00'),
    (78, 'HV-GFT-102', N'Gift card', 22, NULL, 50.00, 50.00, NULL, NULL, NULL, NULL, 1, 12, NULL, NULL, N'Any amount from £10 to £500.', '20191005', NULL, '3CB834C8-487C-4C76-9E27-72F9C363BCCB', '2025-02-11T09:33:00'),
    (79, 'HV-GFT-103', N'Wrapping paper, kelp', 22, 1, 5.50, 1.15, 0.090, 72, 4, 4, 1, 12, NULL, NULL, NULL, '20200503', NULL, '8AF2CF12-6E85-45B4-BB6E-6F71B9E8968E', '2025-01-07T01:51:00'),
    (80, 'HV-GFT-104', N'Tide clock', 22, 5, 64.00, 29.95, 0.850, 18, 5, 18, 1, 12, NULL, NULL, N'Shows the next high tide, give or take the moon''s opinion.', '20160224', NULL, 'DC9C8A58-F150-45D5-A7EC-23571E9197F6', '2025-02-04T07:22:00');
SET IDENTITY_INSERT [Catalog].[Product] OFF;
GO
INSERT INTO Catalog.ProductSupplier (ProductID, SupplierID, SupplierPartNo, UnitCost, LeadTimeDays, MinimumOrder, IsPreferred, LastQuotedOn)
VALUES
    (1, 3, 'MUE037-B', 61.2000, 28, 1, 1, NULL),
    (2, 3, 'MUE074-C', 74.8500, 21, 6, 1, NULL),
    (2, 11, 'GDN074-C', 73.8021, 28, 6, 0, '20241116'),
    (3, 3, 'MUE111-A', 27.1000, 10, 12, 1, '20240508'),
    (4, 4, 'LGT148-B', 19.9500, 21, 24, 1, '20240109'),
    (5, 1, 'FJO185-C', 17.6000, 21, 12, 1, NULL),
    (6, 2, 'CAS222-A', 52.3000, 10, 1, 1, '20240626'),
    (7, 2, 'CAS259-B', 80.1000, 28, 12, 1, '20240710'),
    (8, 2, 'CAS296-C', 104.0000, 14, 1, 1, '20240229'),
    (8, 11, 'GDN296-C', 98.2800, 21, 24, 0, '20240419'),
    (9, 3, 'MUE333-A', 38.4000, 28, 12, 1, '20240229'),
    (10, 6, 'TID370-B', 11.7500, 7, 1, 1, NULL),
    (11, 9, 'DEL407-C', 3.9000, 21, 12, 1, '20240229'),
    (12, 1, 'FJO444-A', 4.2000, 10, 12, 1, NULL),
    (13, 3, 'MUE481-B', 33.5000, 21, 12, 1, '20241014'),
    (14, 3, 'MUE518-C', 9.1000, 10, 1, 1, '20240229'),
    (14, 10, 'BRC518-C', 8.8543, 14, 12, 0, NULL),
    (15, 11, 'GDN555-A', 15.3000, 14, 6, 1, '20240229'),
    (15, 9, 'DEL555-A', 14.5044, 21, 1, 0, '20240229'),
    (16, 11, 'GDN592-B', 2.4500, 28, 24, 1, '20241227'),
    (17, 2, 'CAS629-C', 11.8000, 7, 24, 1, '20240229'),
    (17, 12, 'JPR629-C', 11.4578, 60, 1, 0, '20241204'),
    (18, 11, 'GDN666-A', 3.6000, 21, 12, 1, '20241007'),
    (18, 12, 'JPR666-A', 3.6540, 75, 24, 0, NULL),
    (19, 1, 'FJO703-B', 20.1500, 10, 12, 1, NULL),
    (20, 5, 'POT740-C', 13.9000, 7, 24, 1, NULL),
    (21, 9, 'DEL777-A', 9.8000, 21, 1, 1, NULL),
    (22, 1, 'FJO814-B', 5.4000, 21, 1, 1, '20240510'),
    (23, 5, 'POT851-C', 6.7500, 14, 1, 1, NULL),
    (24, 5, 'POT888-A', 4.6000, 14, 1, 1, '20240815'),
    (25, 5, 'POT925-B', 6.1000, 10, 1, 1, NULL),
    (26, 5, 'POT962-C', 4.0500, 21, 6, 1, '20240229'),
    (27, 2, 'CAS999-A', 24.3000, 21, 12, 1, '20240702'),
    (28, 5, 'POT036-B', 17.2500, 21, 12, 1, NULL),
    (29, 1, 'FJO073-C', 55.0000, 10, 1, 1, NULL),
    (30, 6, 'TID110-A', 10.6000, 14, 6, 1, '20240727'),
    (31, 6, 'TID147-B', 34.9000, 28, 6, 1, '20240229'),
    (32, 1, 'FJO184-C', 18.2000, 10, 1, 1, NULL),
    (33, 1, 'FJO221-A', 9.9500, 7, 6, 1, '20240229'),
    (34, 11, 'GDN258-B', 12.4000, 21, 24, 1, '20240819'),
    (34, 9, 'DEL258-B', 11.7800, 21, 6, 0, NULL),
    (35, 8, 'HOI295-C', 12.7500, 45, 6, 1, '20240527'),
    (36, 11, 'GDN332-A', 9.3000, 7, 1, 1, '20240213'),
    (36, 4, 'LGT332-A', 10.1928, 14, 6, 0, NULL),
    (37, 4, 'LGT369-B', 39.4000, 7, 1, 1, '20240126'),
    (38, 4, 'LGT406-C', 31.0000, 21, 24, 1, '20240229'),
    (39, 4, 'LGT443-A', 51.7500, 10, 24, 1, '20240508'),
    (40, 1, 'FJO480-B', 92.4000, 10, 12, 1, '20240403'),
    (40, 10, 'BRC480-B', 96.6504, 14, 12, 0, '20240202'),
    (41, 8, 'HOI517-C', 12.1000, 60, 24, 1, '20240229'),
    (41, 11, 'GDN517-C', 11.1683, 28, 24, 0, '20240229'),
    (42, 4, 'LGT554-A', 28.8500, 28, 24, 1, NULL),
    (43, 6, 'TID591-B', 12.8000, 14, 24, 1, '20240229'),
    (43, 12, 'JPR591-B', 14.1440, 45, 1, 0, '20241219'),
    (44, 7, 'ANA628-C', 17.9500, 75, 12, 1, NULL),
    (45, 1, 'FJO665-A', 35.6000, 7, 24, 1, '20240605'),
    (45, 9, 'DEL665-A', 33.2504, 28, 24, 0, NULL),
    (46, 6, 'TID702-B', 15.2000, 7, 6, 1, '20240324'),
    (47, 7, 'ANA739-C', 63.2500, 60, 24, 1, '20240803'),
    (48, 7, 'ANA776-A', 118.0000, 75, 1, 1, NULL);
INSERT INTO Catalog.ProductSupplier (ProductID, SupplierID, SupplierPartNo, UnitCost, LeadTimeDays, MinimumOrder, IsPreferred, LastQuotedOn)
VALUES
    (49, 7, 'ANA813-B', 83.5000, 60, 24, 1, NULL),
    (50, 8, 'HOI850-C', 36.4500, 45, 24, 1, NULL),
    (51, 1, 'FJO887-A', 201.0000, 10, 24, 1, '20240229'),
    (52, 6, 'TID924-B', 66.0000, 7, 24, 1, NULL),
    (52, 10, 'BRC924-B', 71.4120, 28, 6, 0, NULL),
    (53, 6, 'TID961-C', 75.4000, 28, 6, 1, NULL),
    (54, 6, 'TID998-A', 28.3000, 14, 12, 1, NULL),
    (54, 4, 'LGT998-A', 31.6111, 14, 1, 0, '20240428'),
    (55, 6, 'TID035-B', 14.1000, 10, 6, 1, NULL),
    (56, 7, 'ANA072-C', 58.8000, 75, 24, 1, '20241120'),
    (57, 7, 'ANA109-A', 9.4000, 60, 6, 1, NULL),
    (58, 4, 'LGT146-B', 9.7500, 7, 12, 1, NULL),
    (58, 12, 'JPR146-B', 9.7793, 60, 6, 0, NULL),
    (59, 6, 'TID183-C', 4.8000, 14, 1, 1, '20240517'),
    (59, 10, 'BRC183-C', 4.8000, 7, 1, 0, '20240229'),
    (60, 9, 'DEL220-A', 12.2000, 28, 6, 1, NULL),
    (61, 8, 'HOI257-B', 16.3000, 60, 6, 1, '20240229'),
    (62, 5, 'POT294-C', 3.2000, 14, 6, 1, NULL),
    (63, 1, 'FJO331-A', 24.1000, 7, 24, 1, '20240810'),
    (64, 5, 'POT368-B', 4.9500, 10, 1, 1, '20240426'),
    (65, 5, 'POT405-C', 12.6000, 28, 12, 1, '20240229'),
    (65, 4, 'LGT405-C', 11.6928, 21, 6, 0, NULL),
    (66, 11, 'GDN442-A', 21.0000, 21, 1, 1, NULL),
    (67, 8, 'HOI479-B', 6.8500, 45, 24, 1, NULL),
    (68, 3, 'MUE516-C', 7.9000, 21, 1, 1, '20240519'),
    (69, 3, 'MUE553-A', 20.2000, 14, 1, 1, NULL),
    (70, 11, 'GDN590-B', 14.7500, 21, 12, 1, NULL),
    (71, 3, 'MUE627-C', 26.3000, 21, 6, 1, '20240229'),
    (71, 12, 'JPR627-C', 28.3777, 45, 24, 0, '20240229'),
    (72, 1, 'FJO664-A', 33.1000, 7, 6, 1, '20241005'),
    (73, 11, 'GDN701-B', 18.9000, 7, 6, 1, '20240229'),
    (73, 12, 'JPR701-B', 18.9945, 45, 24, 0, '20240229'),
    (74, 9, 'DEL738-C', 6.4000, 21, 12, 1, NULL),
    (75, 4, 'LGT775-A', 6.4000, 7, 12, 1, '20240816'),
    (76, 4, 'LGT812-B', 5.7500, 21, 6, 1, '20240422'),
    (77, 5, 'POT849-C', 4.1000, 21, 24, 1, NULL),
    (79, 6, 'TID923-B', 1.1500, 21, 12, 1, '20240312'),
    (80, 4, 'LGT960-C', 29.9500, 14, 1, 1, NULL),
    (80, 10, 'BRC960-C', 30.8785, 21, 24, 0, '20240916');
GO
-- Loading history needs the period out of the way for a moment.
ALTER TABLE [Catalog].ProductPrice SET (SYSTEM_VERSIONING = OFF);
ALTER TABLE [Catalog].ProductPrice DROP PERIOD FOR SYSTEM_TIME;
GO
INSERT INTO [Catalog].ProductPriceHistory (ProductID, CurrencyCode, Price, Reason, ValidFrom, ValidTo)
VALUES
    (1, 'GBP', 118.68, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (2, 'GBP', 146.28, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (7, 'GBP', 107.65, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (7, 'GBP', 126.65, NULL, '2022-10-03 06:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (8, 'GBP', 136.55, N'Launch price', '2022-04-15 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (8, 'GBP', 173.88, NULL, '2023-04-03 06:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (9, 'GBP', 68.04, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (9, 'GBP', 79.80, NULL, '2023-04-03 06:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (10, 'GBP', 30.88, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (10, 'EUR', 34.99, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (11, 'GBP', 10.20, N'Launch price', '2021-07-11 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (12, 'GBP', 13.34, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (13, 'GBP', 61.20, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (15, 'GBP', 30.78, N'Launch price', '2022-04-15 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (15, 'GBP', 32.30, NULL, '2023-04-03 06:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (17, 'GBP', 23.38, NULL, '2021-03-01 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (18, 'GBP', 10.12, N'Launch price', '2021-07-16 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (20, 'EUR', 32.22, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (20, 'EUR', 36.60, NULL, '2023-04-03 06:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (21, 'GBP', 24.65, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (22, 'GBP', 15.68, N'Launch price', '2021-09-09 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (23, 'GBP', 17.10, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (26, 'GBP', 9.03, N'Launch price', '2021-03-05 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (26, 'GBP', 11.50, NULL, '2022-10-03 06:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (30, 'GBP', 25.27, N'Launch price', '2021-07-08 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (30, 'GBP', 26.60, NULL, '2022-10-03 06:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (31, 'GBP', 77.28, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (32, 'GBP', 38.25, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (34, 'GBP', 26.35, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (35, 'GBP', 34.68, NULL, '2021-03-01 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (35, 'EUR', 36.15, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (35, 'EUR', 40.57, NULL, '2022-10-03 06:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (36, 'GBP', 20.31, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (36, 'GBP', 22.08, NULL, '2022-10-03 06:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (37, 'GBP', 81.88, N'Launch price', '2022-07-21 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (38, 'GBP', 62.63, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (38, 'GBP', 70.30, NULL, '2022-10-03 06:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (41, 'GBP', 33.15, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (42, 'GBP', 64.60, N'Launch price', '2021-03-16 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (43, 'GBP', 28.90, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (46, 'GBP', 37.80, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (47, 'GBP', 108.80, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (48, 'GBP', 220.80, N'Launch price', '2022-09-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (49, 'GBP', 166.25, N'Launch price', '2022-02-18 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (50, 'GBP', 83.30, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (50, 'EUR', 103.19, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (51, 'GBP', 285.39, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (51, 'GBP', 335.75, NULL, '2023-04-03 06:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (52, 'GBP', 123.25, NULL, '2021-03-01 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (53, 'GBP', 156.75, N'Launch price', '2021-12-11 00:00:00.0000000', '2022-10-03 06:00:00.0000000');
INSERT INTO [Catalog].ProductPriceHistory (ProductID, CurrencyCode, Price, Reason, ValidFrom, ValidTo)
VALUES
    (54, 'GBP', 61.20, N'Launch price', '2021-06-21 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (55, 'GBP', 32.30, N'Launch price', '2021-09-06 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (55, 'EUR', 40.01, N'Launch price', '2021-09-06 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (56, 'GBP', 124.20, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (57, 'GBP', 23.49, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (57, 'GBP', 24.65, NULL, '2023-04-03 06:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (59, 'GBP', 12.60, N'Launch price', '2021-11-05 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (60, 'GBP', 25.92, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (60, 'GBP', 30.40, NULL, '2022-10-03 06:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (60, 'EUR', 33.70, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (61, 'GBP', 41.80, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (62, 'GBP', 10.12, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (63, 'GBP', 49.30, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (64, 'GBP', 13.18, NULL, '2021-03-01 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (65, 'EUR', 33.81, NULL, '2021-03-01 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (66, 'GBP', 46.80, NULL, '2021-03-01 00:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (68, 'GBP', 17.94, N'Launch price', '2021-08-31 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (69, 'GBP', 41.80, NULL, '2021-03-01 00:00:00.0000000', '2024-01-08 06:00:00.0000000'),
    (70, 'GBP', 34.20, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (70, 'EUR', 30.43, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (70, 'EUR', 40.01, NULL, '2022-10-03 06:00:00.0000000', '2024-09-02 06:00:00.0000000'),
    (72, 'GBP', 58.32, NULL, '2021-03-01 00:00:00.0000000', '2022-10-03 06:00:00.0000000'),
    (72, 'GBP', 61.20, NULL, '2022-10-03 06:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (73, 'GBP', 44.16, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (74, 'GBP', 20.24, NULL, '2021-03-01 00:00:00.0000000', '2023-04-03 06:00:00.0000000'),
    (76, 'GBP', 14.72, NULL, '2021-03-01 00:00:00.0000000', '2024-01-08 06:00:00.0000000');
INSERT INTO [Catalog].ProductPrice (ProductID, CurrencyCode, Price, Reason, ValidFrom, ValidTo)
VALUES
    (1, 'GBP', 129.00, N'Supplier increase', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (2, 'GBP', 159.00, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (3, 'GBP', 64.50, N'Launch price', '2021-10-10 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (4, 'GBP', 49.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (5, 'GBP', 42.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (5, 'EUR', 49.14, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (6, 'GBP', 98.00, N'Launch price', '2022-09-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (7, 'GBP', 149.00, N'Annual review', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (8, 'GBP', 189.00, N'Annual review', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (9, 'GBP', 84.00, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (10, 'GBP', 32.50, N'Freight surcharge', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (10, 'EUR', 38.03, N'Freight surcharge', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (11, 'GBP', 12.00, N'Annual review', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (12, 'GBP', 14.50, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (13, 'GBP', 72.00, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (14, 'GBP', 24.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (15, 'GBP', 38.00, N'Annual review', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (15, 'EUR', 44.46, N'Launch price', '2022-04-15 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (16, 'GBP', 9.50, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (17, 'GBP', 27.50, N'Freight surcharge', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (18, 'GBP', 11.25, N'Annual review', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (19, 'GBP', 46.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (20, 'GBP', 34.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (20, 'EUR', 39.78, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (21, 'GBP', 29.00, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (22, 'GBP', 16.50, N'Annual review', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (23, 'GBP', 18.00, N'Annual review', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (24, 'GBP', 13.00, N'Launch price', '2022-10-09 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (25, 'GBP', 17.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (25, 'EUR', 19.89, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (26, 'GBP', 12.50, N'Freight surcharge', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (27, 'GBP', 54.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (28, 'GBP', 42.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (29, 'GBP', 119.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (30, 'GBP', 28.00, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (30, 'EUR', 32.76, N'Launch price', '2021-07-08 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (31, 'GBP', 84.00, N'Supplier increase', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (32, 'GBP', 45.00, N'Annual review', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (33, 'GBP', 26.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (34, 'GBP', 31.00, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (35, 'GBP', 36.50, N'Freight surcharge', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (35, 'EUR', 42.71, N'Freight surcharge', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (36, 'GBP', 24.00, N'Supplier increase', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (37, 'GBP', 89.00, N'Annual review', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (38, 'GBP', 74.00, N'Annual review', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (39, 'GBP', 112.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (40, 'GBP', 185.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (40, 'EUR', 216.45, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (41, 'GBP', 39.00, N'Annual review', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (42, 'GBP', 68.00, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999');
INSERT INTO [Catalog].ProductPrice (ProductID, CurrencyCode, Price, Reason, ValidFrom, ValidTo)
VALUES
    (43, 'GBP', 34.00, N'Supplier increase', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (44, 'GBP', 46.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (45, 'GBP', 79.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (45, 'EUR', 92.43, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (46, 'GBP', 42.00, N'Freight surcharge', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (47, 'GBP', 128.00, N'Annual review', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (48, 'GBP', 240.00, N'Annual review', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (49, 'GBP', 175.00, N'Annual review', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (50, 'GBP', 98.00, N'Freight surcharge', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (50, 'EUR', 114.66, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (51, 'GBP', 395.00, N'Supplier increase', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (52, 'GBP', 145.00, N'Annual review', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (53, 'GBP', 165.00, N'Supplier increase', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (54, 'GBP', 68.00, N'Freight surcharge', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (55, 'GBP', 38.00, N'Freight surcharge', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (55, 'EUR', 44.46, N'Freight surcharge', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (56, 'GBP', 135.00, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (57, 'GBP', 29.00, N'Supplier increase', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (58, 'GBP', 26.00, N'Launch price', '2022-08-03 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (59, 'GBP', 14.00, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (60, 'GBP', 32.00, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (60, 'EUR', 37.44, N'Freight surcharge', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (61, 'GBP', 44.00, N'Supplier increase', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (62, 'GBP', 11.00, N'Annual review', '2022-10-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (63, 'GBP', 58.00, N'Supplier increase', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (64, 'GBP', 15.50, N'Freight surcharge', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (65, 'GBP', 34.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (65, 'EUR', 39.78, N'Supplier increase', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (66, 'GBP', 52.00, N'Supplier increase', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (67, 'GBP', 22.00, N'Launch price', '2022-11-02 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (68, 'GBP', 19.50, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (69, 'GBP', 44.00, N'Supplier increase', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (70, 'GBP', 36.00, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (70, 'EUR', 42.12, N'Freight surcharge', '2024-09-02 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (71, 'GBP', 58.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (72, 'GBP', 72.00, N'Supplier increase', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (73, 'GBP', 48.00, N'Annual review', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (74, 'GBP', 22.00, N'Annual review', '2023-04-03 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (75, 'GBP', 22.00, N'Launch price', '2022-09-27 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (75, 'EUR', 25.74, N'Launch price', '2022-09-27 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (76, 'GBP', 16.00, N'Supplier increase', '2024-01-08 06:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (77, 'GBP', 14.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (79, 'GBP', 5.50, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (80, 'GBP', 64.00, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999'),
    (80, 'EUR', 74.88, NULL, '2021-03-01 00:00:00.0000000', '9999-12-31 23:59:59.9999999');
GO
ALTER TABLE [Catalog].ProductPrice ADD PERIOD FOR SYSTEM_TIME (ValidFrom, ValidTo);
ALTER TABLE [Catalog].ProductPrice SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [Catalog].ProductPriceHistory, DATA_CONSISTENCY_CHECK = ON));
GO
insert [Catalog].Tag values (1, 'Bestseller')
insert [Catalog].Tag values (2, 'Handmade')
insert [Catalog].Tag values (3, 'Recycled')
insert [Catalog].Tag values (4, 'Gift')
insert [Catalog].Tag values (5, 'Dishwasher safe')
insert [Catalog].Tag values (6, 'New season')
insert [Catalog].Tag values (7, 'Clearance')
insert [Catalog].Tag values (8, 'Organic')
go
INSERT INTO Catalog.ProductTag (ProductID, TagID)
VALUES
    (1, 1),
    (2, 5),
    (2, 8),
    (5, 2),
    (5, 7),
    (6, 3),
    (6, 5),
    (7, 2),
    (7, 6),
    (9, 2),
    (9, 4),
    (10, 4),
    (11, 3),
    (12, 2),
    (12, 4),
    (13, 6),
    (14, 1),
    (15, 2),
    (15, 3),
    (16, 3),
    (17, 2),
    (17, 4),
    (17, 7),
    (18, 3),
    (18, 8),
    (19, 1),
    (19, 4),
    (19, 5),
    (20, 4),
    (21, 6),
    (22, 1),
    (22, 4),
    (23, 5),
    (25, 3),
    (27, 3),
    (28, 1),
    (29, 1),
    (29, 3),
    (30, 2),
    (30, 3),
    (30, 8),
    (33, 3),
    (34, 6),
    (36, 6),
    (36, 7),
    (37, 2),
    (37, 3),
    (39, 3),
    (39, 5),
    (39, 6),
    (41, 6),
    (42, 2),
    (42, 5),
    (42, 7),
    (45, 3),
    (45, 5),
    (45, 6),
    (46, 1),
    (46, 5),
    (47, 3),
    (47, 8),
    (48, 5),
    (48, 8),
    (50, 5),
    (50, 8),
    (51, 1),
    (52, 1),
    (54, 1),
    (54, 4),
    (55, 2);
INSERT INTO Catalog.ProductTag (ProductID, TagID)
VALUES
    (55, 4),
    (55, 6),
    (57, 1),
    (57, 5),
    (57, 8),
    (58, 1),
    (58, 3),
    (59, 2),
    (60, 6),
    (61, 8),
    (62, 6),
    (62, 8),
    (63, 3),
    (63, 5),
    (65, 1),
    (65, 6),
    (66, 2),
    (66, 6),
    (69, 1),
    (69, 2),
    (70, 2),
    (70, 3),
    (71, 1),
    (71, 4),
    (71, 6),
    (71, 7),
    (72, 5),
    (72, 8),
    (73, 5),
    (74, 4),
    (75, 2),
    (75, 3),
    (76, 4),
    (78, 3),
    (78, 6),
    (78, 8),
    (79, 5),
    (80, 5);
GO
INSERT INTO Catalog.SupplierPriceFeed (SupplierCode, SKU, PartNo, UnitCostText, LeadTimeText, ReceivedAt)
VALUES
    ('pot-05', 'HV-STO-102', 'POT740-C', '13.90', '7', '2025-01-08T09:15:00'),
    ('POT-05', 'hv-tab-102', 'POT888-A', '4.60', '14', '2025-01-09T10:15:00'),
    ('FJO-01', 'HV-STO-101  ', 'FJO703-B', '20.55', '10', '2025-01-10T11:15:00'),
    ('gdn-11', 'HV-CST-102', 'GDN074-C', '76.39', '28', '2025-01-08T12:15:00'),
    ('POT-05', 'HV-PLT-101', 'POT368-B', '4.85', '', '2025-01-09T13:15:00'),
    ('FJO-01', 'hv-gls-101', 'FJO184-C', '18.20', '10', '2025-01-10T14:15:00'),
    ('fjo-01', 'HV-UTN-101', 'FJO444-A', '4.35', '10', '2025-01-08T15:15:00'),
    ('POT-05', 'HV-PLT-102  ', 'POT405-C', 'n/a', '28', '2025-01-09T16:15:00'),
    ('GDN-11', 'HV-GDN-102', 'GDN701-B', '18.90', '7', '2025-01-10T09:15:00'),
    ('gdn-11', 'hv-utn-107', 'GDN666-A', '3.53', NULL, '2025-01-08T10:15:00'),
    ('GDN-11', 'HV-GLS-103', 'GDN258-B', '12.65', '21', '2025-01-09T11:15:00'),
    ('MUE-03', 'HV-TLS-101', 'MUE516-C', ' 8.06 ', '21', '2025-01-10T12:15:00'),
    ('mue-03', 'HV-UTN-102  ', 'MUE481-B', '32.83', '21', '2025-01-08T13:15:00'),
    ('FJO-01', 'hv-cus-103', 'FJO665-A', '35.60', '7', '2025-01-09T14:15:00'),
    ('POT-05', 'HV-TAB-104', 'POT962-C', '4.05', '21', '2025-01-10T15:15:00'),
    ('pot-05', 'HV-TAB-106', 'POT036-B', 'POA', '21', '2025-01-08T16:15:00'),
    ('GDN-11', 'HV-GLS-105', 'GDN332-A', '9.49', '7', '2025-01-09T09:15:00'),
    ('POT-05', 'hv-gft-101  ', 'POT849-C', '4.24', '21', '2025-01-10T10:15:00'),
    ('gdn-11', 'HV-COP-103', 'GDN296-C', '100.25', '21', '2025-01-08T11:15:00'),
    ('POT-05', 'HV-TAB-103', 'POT925-B', '6.31', '10', '2025-01-09T12:15:00'),
    ('FJO-01', 'HV-BTH-103', 'FJO331-A', '24.94', '7', '2025-01-10T13:15:00'),
    ('gdn-11', 'hv-utn-105', 'GDN592-B', '2.50', '28', '2025-01-08T14:15:00'),
    ('FJO-01', 'HV-XXX-999', 'FJO999-Z', '12.50', '21', '2025-01-09T12:00:00'),
    ('???', 'HV-CST-101', NULL, '61.00', NULL, '2025-01-09T12:01:00');
-- two lines that somebody keyed in, so the time of receipt is the default
INSERT INTO Catalog.SupplierPriceFeed (SupplierCode, SKU, PartNo, UnitCostText, LeadTimeText) VALUES ('POT-05', 'hv-tab-104 ', 'POT962-A', '4.25', '14')
INSERT INTO Catalog.SupplierPriceFeed (SupplierCode, SKU, UnitCostText) VALUES ('gdn-11', 'HV-PLT-103', '20.40')
GO

------------------------------------------------------------------------------------------------
-- Rows: customers
------------------------------------------------------------------------------------------------

INSERT INTO Sales.Promotion (VoucherCode, Description, DiscountPct, StartsOn, EndsOn)
VALUES
    ('SPRING23', N'Spring clear-out', 15.00, '20230320', '20230410'),
    ('blackfri23', N'Black Friday 2023', 20.00, '20231120', '20231128'),
    ('Leap24', N'One day more: 29 February', 10.00, '20240228', '20240302'),
    ('SUMMER24', N'Summer''s end', 12.50, '20240819', '20240908'),
    ('BLACKFRI24', N'Black Friday 2024', 25.00, '20241118', '20241202'),
    ('WELCOME', N'First order from the newsletter', 5.00, '20220101', '20291231');
GO
SET IDENTITY_INSERT Sales.Customer ON;
INSERT INTO Sales.Customer (CustomerID, CustomerGuid, CustomerType, FirstName, LastName, CompanyName, Email, Phone, BirthDate, TierCode, CreditLimit, MarketingOptIn, RegisteredAt, ReferredByID, Notes, PreferredLanguage)
VALUES
    (1000, '6F6854D6-902F-4CFD-8645-01F5EEE08363', 'P', N'Olivia', N'O''Brien', NULL, NULL, NULL, NULL, 'BRZ', NULL, 0, '2022-04-23 21:57:00', NULL, NULL, 'en-GB'),
    (1001, 'F06B8F45-5C10-49CF-86EB-6200E13792C7', 'P', N'George', N'Åkesson', NULL, N'george.akesson@mail.example.net', '07700 900863', '19481027', 'BRZ', NULL, 0, '2021-12-27 05:24:00', NULL, NULL, 'en-GB'),
    (1002, 'BAE0CCA9-BA4E-4A53-A48E-E1DA151EA80C', 'P', N'Amélie', N'Ní Riain', NULL, N'amelie.niriain@example.com', '07700 900973', '19531006', 'BRZ', NULL, 0, '2023-07-28 19:58:00', NULL, NULL, 'en-GB'),
    (1003, '7183B2EB-662F-4C1B-B957-DDD0E816C457', 'P', N'Harry', N'Hussain', NULL, N'harry.hussain3@example.com', '+45 555 0718', '19840229', 'GLD', NULL, 0, '2021-01-08 02:59:00', NULL, NULL, 'da-DK'),
    (1004, '79774778-11AE-4FE0-A5E5-7BDBA5FBF67A', 'P', N'Isla', N'Levy', NULL, N'isla.levy@mail.example.net', '07700 900135', '19650504', NULL, NULL, 0, '2023-12-27 12:46:00', NULL, NULL, 'en-GB'),
    (1005, 'F84202CE-1614-4947-A15B-D7A03F355C4B', 'T', N'Noah', N'Mensah', N'Seaview Guesthouse', N'noah.mensah@example.com', '07700 900519', NULL, 'BRZ', 500, 1, '2023-01-02 13:45:00', NULL, N'B. & B. run by two sisters', 'en-GB'),
    (1006, 'E0D9D373-D1EE-4018-972A-683849851A1E', 'P', N'Freya', N'Lefèvre', NULL, N'freya.lefevre6@mail.example.net', '+31 555 0476', '19550520', 'BRZ', NULL, 1, '2022-01-15 22:57:00', NULL, NULL, 'nl-NL'),
    (1007, 'C419E68E-7AFE-4E91-AC1D-26922F8C3436', 'P', N'Björn', N'Evans', NULL, N'bjorn.evans@example.org', '07700 900033', '19670326', 'BRZ', NULL, 1, '2023-07-04 00:51:00', NULL, NULL, 'en-GB'),
    (1008, '12065F92-D974-4B92-B053-5BC81EE2A133', 'P', N'Zoë', N'Patel', NULL, N'zoe.patel@EXAMPLE.com', NULL, '19820626', 'GLD', NULL, 1, '2021-02-18 08:52:00', NULL, N'Allergic to wool. Do not send rugs as gifts again.', 'fr-FR'),
    (1009, '69E0A13D-0E18-47EA-BCA0-35E797807311', 'P', N'Alfie', N'Baker', NULL, N'alfie.baker9@EXAMPLE.com', '+33 555 0341', NULL, 'SLV', NULL, 1, '2023-03-12 13:17:00', NULL, NULL, 'fr-FR'),
    (1010, '59934FB2-51A9-45F9-B467-8CEEFB0B83C7', 'P', N'Mia', N'Schäfer', NULL, N'mia.schafer@EXAMPLE.com', '+353 555 0517', '19730912', 'BRZ', NULL, 0, '2024-01-10 10:17:00', NULL, NULL, 'en-IE'),
    (1011, '9453FB79-2BC8-4C75-BC84-E875FE5B13FB', 'P', N'Łukasz', N'Byrne', NULL, N'lukasz.byrne@EXAMPLE.com', '07700 900449', NULL, 'PLT', NULL, 0, '2021-08-11 23:57:00', NULL, NULL, 'en-GB'),
    (1012, 'BBD55D9C-E4DB-47DA-BD94-9E3AB3AEBB69', 'P', N'Ava', N'MacDonald', NULL, N'ava.macdonald12@mail.example.net', '07700 900584', '19790110', 'GLD', NULL, 1, '2023-09-17 22:21:00', NULL, NULL, 'en-GB'),
    (1013, 'B5E55550-3E10-45C5-A773-D38038C8A916', 'P', N'Theo', N'D''Souza', NULL, NULL, NULL, '19840527', 'SLV', NULL, 1, '2022-05-12 00:02:00', NULL, NULL, 'en-GB'),
    (1014, '6E87F2DB-3844-4540-9D76-8D02832E5EF4', 'P', N'Niamh', N'St. Clair', NULL, NULL, '07700 900739', '19740116', 'gld', NULL, 1, '2022-06-30 13:46:00', NULL, NULL, 'en-GB'),
    (1015, 'A5389FB1-79FD-41B8-9932-EA3C87A16B23', 'P', N'Søren', N'Côté', NULL, N'soren.cote15@EXAMPLE.com', NULL, NULL, 'BRZ', NULL, 1, '2022-08-26 22:44:00', NULL, NULL, 'en-GB'),
    (1016, 'CCC4A06D-CE2E-479E-91FE-81FE88B5973A', 'P', N'Emily', N'Fairweather', NULL, N'emily.fairweather@mail.example.net', NULL, '19730805', NULL, NULL, 0, '2023-12-27 22:25:00', 1002, NULL, 'en-GB'),
    (1017, '27A3E3E3-D4D6-454E-80E4-3B61F21AD2BF', 'T', NULL, N'Weiß', N'The Anchor Inn', N'theanchorinn.weiss@example.com', '07700 900918', NULL, 'SLV', 5000, 1, '2022-08-27 17:51:00', 1008, NULL, 'en-GB'),
    (1018, '7BAA68A7-B453-4676-8EEC-AF8FEC6FADAC', 'P', N'Renée', N'Thompson', NULL, N'renee.thompson18@example.org', NULL, NULL, 'PLT', NULL, 0, '2022-08-14 10:23:00', NULL, NULL, 'en-GB'),
    (1019, '5DC5688D-2F2E-488E-BEBB-AFD88CA177D9', 'P', N'Oscar', N'Hughes', NULL, N'oscar.hughes@example.com', NULL, '19720330', 'SLV', NULL, 1, '2023-05-18 02:51:00', NULL, NULL, 'en-GB'),
    (1020, '3DC54A2C-140A-4AE4-A0E3-DCD574EB7A92', 'P', N'Poppy', N'Green', NULL, N'poppy.green@example.com', '07700 900707', NULL, 'SLV', NULL, 1, '2023-05-27 17:56:00', 1006, NULL, 'en-GB'),
    (1021, '5C536A7F-46B1-43FC-A0C2-3646A7FAC8E8', 'P', N'Ahmed', N'Davies', NULL, N'ahmed.davies21@example.com', '+31 555 0404', '19640227', 'SLV', NULL, 0, '2021-08-08 12:04:00', NULL, NULL, 'nl-NL'),
    (1022, '620DFEE6-28C8-49F1-8493-DB1759E1F870', 'P', N'Lucía', N'Lan', NULL, N'LUCIA.LAN@EXAMPLE.ORG', '07700 900683', '19591129', 'BRZ', NULL, 0, '2023-03-30 21:24:00', NULL, NULL, 'en-GB'),
    (1023, '21FCF6D7-2D2C-4EF0-A8FB-AC4C242AE0AE', 'P', N'Ethan', N'Smith', NULL, N'ethan.smith@EXAMPLE.com', '07700 900918', '19520221', 'SLV', NULL, 1, '2022-01-02 05:20:00', NULL, NULL, 'en-GB'),
    (1024, '588E351B-0E74-4C84-AA2A-A5AF2FDFAEF5', 'P', N'Mei', N'García', NULL, N'mei.garcia24@EXAMPLE.com', '07700 900781', '19830707', 'SLV', NULL, 1, '2023-07-03 09:14:00', NULL, NULL, 'en-GB'),
    (1025, 'EDC771AA-B995-4482-B808-DF6BD15B1E4C', 'P', N'François', N'Jørgensen', NULL, N'francois.jorgensen@example.com', '07700 900220', NULL, 'BRZ', NULL, 0, '2022-12-16 22:27:00', NULL, NULL, 'en-GB'),
    (1026, '2F616BD7-F610-45F4-9473-069BB560E787', 'P', N'Hana', N'Fernández', NULL, N'hana.fernandez@example.org', NULL, '19780106', 'GLD', NULL, 0, '2022-01-24 19:01:00', NULL, NULL, 'da-DK'),
    (1027, '507F8F21-D84E-4EE0-B257-6444B249CF9D', 'P', N'Dylan', N'Petrov', NULL, N'dylan.petrov27@example.com', NULL, '20031006', NULL, NULL, 1, '2023-01-04 03:01:00', NULL, NULL, 'de-DE'),
    (1028, '3A4D5AC0-2BB0-40D3-9413-BA327CB99583', 'P', N'Ruth', N'Pugh', NULL, N'ruth.pugh@EXAMPLE.com', '07700 900267', NULL, 'BRZ', NULL, 0, '2023-11-12 22:50:00', NULL, NULL, 'en-GB'),
    (1029, 'D44E51B4-5F4F-4FEF-B6E7-6E06CDD6F305', 'T', N'Ivan', N'Taylor', N'Baker & Daughters'' Tea Room', N'ivan.taylor@mail.example.net', '07700 900278', NULL, 'SLV', NULL, 1, '2021-07-01 07:55:00', 1025, N'Wants invoices on paper', 'en-GB'),
    (1030, 'FC4ABF7D-9A9D-45C9-A51E-3B5F22851E1C', 'P', N'Clara', N'Walker', NULL, N'clara.walker30@example.org', '07700 900025', '19860509', 'BRZ', NULL, 1, '2023-10-21 04:47:00', NULL, NULL, 'en-GB'),
    (1031, 'FE67A477-9C18-4A9F-84D8-CC88D4550213', 'P', N'Tariq', N'Clarke', NULL, NULL, '+49 555 0550', '19880901', NULL, NULL, 1, '2021-02-11 23:08:00', NULL, NULL, 'de-DE'),
    (1032, '7BB9DD54-2624-4FB3-AA78-2E6DEE32DC60', 'P', N'Ottilie', N'李', NULL, N'ottilie.li@example.org', '+45 555 0754', NULL, 'BRZ', NULL, 0, '2021-08-07 13:29:00', NULL, NULL, 'da-DK'),
    (1033, '042B6AF9-7FE3-4754-9A32-715039189DDA', 'P', N'Ben', N'Khan', NULL, N'ben.khan33@mail.example.net', '07700 900919', '19760628', 'BRZ', NULL, 0, '2023-11-27 08:27:00', 1008, N'Moved twice in 2024; check the address', 'en-GB'),
    (1034, '682B384F-C750-44BA-B749-3460F32EA369', 'P', N'Nguyễn Thị', N'van Dijk', NULL, N'nguyenthi.vandijk@example.org', '07700 900279', '19930119', 'BRZ', NULL, 0, '2023-11-14 10:50:00', NULL, NULL, 'en-GB'),
    (1035, '561523E0-F7AD-4517-ACAA-A71664EC0184', 'P', N'Kofi', N'Nowak', NULL, N'kofi.nowak@EXAMPLE.com', '07700 900120', '19950531', 'BRZ', NULL, 0, '2021-04-26 23:01:00', NULL, NULL, 'en-GB'),
    (1036, '0E9DDFBD-7BCD-4608-99A9-6EAC6C3929F9', 'P', N'Bronwyn', N'Müller', NULL, N'bronwyn.muller36@mail.example.net', '07700 900687', '20040104', NULL, NULL, 1, '2021-11-18 20:51:00', NULL, NULL, 'en-GB'),
    (1037, '642E59D6-04A9-40BA-976C-5EC5A841D0A4', 'P', N'Aidan', N'Wright', NULL, N'aidan.wright@EXAMPLE.com', '07700 900260', NULL, 'BRZ', NULL, 0, '2023-01-08 09:27:00', NULL, NULL, 'en-GB'),
    (1038, 'F6495962-0090-4E4B-B8EE-FFCC9FE60184', 'P', N'Sophie', N'Novák', NULL, N'sophie.novak@mail.example.net', '07700 900907', '19990310', NULL, NULL, 0, '2023-10-30 17:17:00', NULL, NULL, 'en-GB'),
    (1039, 'A0F06613-4861-4776-B16C-C8465506D6F3', 'P', N'Max', N'Cooper', NULL, N'max.cooper39@example.org', '07700 900821', '19770629', NULL, NULL, 0, '2022-12-20 05:54:00', NULL, NULL, 'en-GB'),
    (1040, 'D6A93525-FD41-43F6-A868-F5CD938E639C', 'P', N'Olivia', N'Smith', NULL, N'olivia.smith@example.org', '07700 900451', NULL, 'BRZ', NULL, 0, '2023-11-14 16:00:00', NULL, NULL, 'en-GB'),
    (1041, 'CB7E60DC-0AD5-4600-95D1-CFAF35EE456C', 'T', N'George', N'García', N'Studio Nørd ApS', N'george.garcia@example.org', NULL, NULL, 'BRZ', 1000, 0, '2021-12-31 15:50:00', NULL, NULL, 'en-GB'),
    (1042, 'C93C2091-8C80-4E12-A378-52A029777FCE', 'P', N'Amélie', N'Jørgensen', NULL, N'amelie.jorgensen42@mail.example.net', '07700 900367', '19600930', 'SLV', NULL, 0, '2021-08-07 08:40:00', NULL, NULL, 'en-GB'),
    (1043, '45769314-244E-483E-B848-05625AC453B6', 'P', N'Harry', N'Fernández', NULL, N'harry.fernandez@example.org', '07700 900189', NULL, 'GLD', NULL, 1, '2022-04-24 23:54:00', NULL, NULL, 'en-GB'),
    (1044, '4F9F3E73-A6B8-4D5B-8920-8E0B5EC669F0', 'P', N'Isla', N'Petrov', NULL, N'isla.petrov@example.org', '+31 555 0564', '19680322', 'BRZ', NULL, 1, '2023-01-13 16:03:00', 1039, NULL, 'nl-NL'),
    (1045, '9E965D7E-F8B1-4FBB-8DCA-4AA8C1044550', 'P', N'Noah', N'Pugh', NULL, N'noah.pugh45@mail.example.net', '+49 555 0802', '19750117', 'PLT', NULL, 1, '2023-07-23 22:57:00', NULL, NULL, 'de-DE'),
    (1046, '3175949E-7F17-410B-A8DE-179EDC1BD9CF', 'P', N'Freya', N'Taylor', NULL, N'freya.taylor@example.com', '07700 900585', '19850616', NULL, NULL, 1, '2023-03-24 04:02:00', NULL, NULL, 'en-GB'),
    (1047, '6420FAFE-688A-491D-9680-144FB2629534', 'P', N'Björn', N'Walker', NULL, N'bjorn.walker@mail.example.net', '07700 900416', '19710402', 'Slv', NULL, 1, '2023-01-29 22:43:00', NULL, NULL, 'en-GB'),
    (1048, 'C45A6DBB-340A-4E99-8B17-0AA07C51F023', 'P', N'Zoë', N'Clarke', NULL, N'zoe.clarke48@example.org', '07700 900331', NULL, 'GLD', NULL, 0, '2021-08-06 22:30:00', 1041, NULL, 'en-GB'),
    (1049, '49694176-4002-48D6-AC4F-F676E4B5F8E4', 'P', N'Alfie', N'李', NULL, N'alfie.li@mail.example.net', NULL, '19631126', 'SLV', NULL, 1, '2021-06-07 07:48:00', 1003, NULL, 'en-GB');
INSERT INTO Sales.Customer (CustomerID, CustomerGuid, CustomerType, FirstName, LastName, CompanyName, Email, Phone, BirthDate, TierCode, CreditLimit, MarketingOptIn, RegisteredAt, ReferredByID, Notes, PreferredLanguage)
VALUES
    (1050, 'BCE0E641-6E49-4C86-8B2E-A5152EE4A223', 'P', N'Mia', N'Khan', NULL, N'mia.khan@mail.example.net', '+33 555 0185', '19660224', NULL, NULL, 0, '2023-12-22 23:58:00', NULL, NULL, 'fr-FR'),
    (1051, '25F7A51D-560F-4613-9848-2E9B49B6FB12', 'P', N'Łukasz', N'van Dijk', NULL, N'lukasz.vandijk51@EXAMPLE.com', '07700 900560', '19871119', 'SLV', NULL, 0, '2022-11-09 23:13:00', NULL, NULL, 'en-GB'),
    (1052, 'E44E225C-96B3-47A1-9D2C-B3CDD7EE9FC3', 'P', N'Ava', N'Nowak', NULL, N'ava.nowak@EXAMPLE.com', '07700 900047', '19990523', 'BRZ', NULL, 0, '2024-02-09 19:14:00', 1038, NULL, 'en-GB'),
    (1053, 'C8C6239D-043A-4D2A-9302-A29E34B0F5AE', 'T', NULL, N'Müller', N'Hôtel de la Jetée', N'hoteldelajetee.muller@example.org', NULL, NULL, NULL, 500, 0, '2023-12-26 04:42:00', NULL, N'Account holder speaks French', 'en-GB'),
    (1054, '41493F98-7503-43DE-8DFE-703E8681F20F', 'P', N'Niamh', N'Wright', NULL, N'niamh.wright54@mail.example.net', NULL, NULL, 'BRZ', NULL, 0, '2021-10-06 18:50:00', 1034, NULL, 'en-GB'),
    (1055, 'EFF3CCA7-7B18-4B3D-B334-738261E50A0A', 'P', N'Søren', N'Novák', NULL, N'soren.novak@mail.example.net', '07700 900938', '19960410', 'BRZ', NULL, 1, '2022-05-17 16:29:00', NULL, NULL, 'en-GB'),
    (1056, '78B9B594-2E17-48A2-9332-EFAB5E92E595', 'P', N'Emily', N'Cooper', NULL, N'emily.cooper@EXAMPLE.com', '07700 900110', NULL, 'BRZ', NULL, 1, '2023-08-19 18:09:00', 1024, NULL, 'en-GB'),
    (1057, '9A486346-4CB3-4D55-9ED2-A7897D8585C7', 'P', N'Jack', N'O''Brien', NULL, N'jack.obrien57@EXAMPLE.com', '+353 555 0202', NULL, 'SLV', NULL, 1, '2021-06-15 20:33:00', NULL, NULL, 'en-IE'),
    (1058, '5E5D5C97-B417-4009-9995-3C44D0110283', 'P', N'Renée', N'Åkesson', NULL, N'renee.akesson@example.com', NULL, '19990418', 'BRZ', NULL, 1, '2021-01-26 04:05:00', NULL, NULL, 'en-GB'),
    (1059, 'B38ECC33-AD2F-4A39-9D0A-50E42FE74A92', 'P', N'Oscar', N'Ní Riain', NULL, N'oscar.niriain@example.org', NULL, '19650816', 'PLT', NULL, 0, '2023-07-31 23:45:00', NULL, NULL, 'en-GB'),
    (1060, '9F09EF78-1B4E-422C-BAC5-F01F66969757', 'P', N'Poppy', N'Hussain', NULL, N'poppy.hussain60@example.com', NULL, '19940307', 'STF', NULL, 1, '2023-01-02 01:19:00', NULL, NULL, 'en-GB'),
    (1061, 'A5FAB236-9790-4EBC-A971-D4F9F50CEE8F', 'P', N'Ahmed', N'Levy', NULL, N'ahmed.levy@mail.example.net', '07700 900077', '19990730', 'SLV', NULL, 0, '2021-11-16 09:35:00', NULL, NULL, 'en-GB'),
    (1062, '1F4240D3-1E8C-48C9-880B-03B8E26ABF09', 'P', N'Lucía', N'Mensah', NULL, N'lucia.mensah@example.com', NULL, '19561018', 'BRZ', NULL, 0, '2022-06-01 14:41:00', NULL, NULL, 'en-GB'),
    (1063, '214A9E43-9030-41A8-9F89-3550710AFD3B', 'P', N'Ethan', N'Lefèvre', NULL, N'ethan.lefevre63@EXAMPLE.com', NULL, '19841030', 'SLV', NULL, 0, '2022-06-16 20:30:00', NULL, NULL, 'en-GB'),
    (1064, '6DBF2943-8B61-4A78-B358-075666E11253', 'P', N'Mei', N'Evans', NULL, N'MEI.EVANS@EXAMPLE.COM', NULL, NULL, 'BRZ', NULL, 1, '2022-01-26 02:39:00', NULL, NULL, 'en-GB'),
    (1065, 'F3F3CBC8-2A69-4B9A-AAB7-5DF5CC2FC77E', 'T', N'François', N'Patel', N'Moorland Cottages Ltd', N'francois.patel@mail.example.net', '07700 900174', NULL, 'BRZ', 500, 1, '2021-09-05 11:01:00', NULL, NULL, 'en-GB'),
    (1066, '57AE8905-6002-4D75-ADF3-2B1661584762', 'P', N'Hana', N'Baker', NULL, N'hana.baker66@example.com', '+31 555 0755', NULL, 'SLV', NULL, 1, '2021-03-24 04:30:00', 1013, NULL, 'nl-NL'),
    (1067, '866D1D55-A704-43A5-8152-314F09B39A22', 'P', N'Dylan', N'Schäfer', NULL, N'dylan.schafer@example.com', '07700 900939', '19700702', 'PLT', NULL, 1, '2023-07-17 11:16:00', NULL, NULL, 'en-GB'),
    (1068, '22F1DF5F-702F-4878-9912-DE7AF5FF957C', 'P', N'Ruth', N'Byrne', NULL, N'ruth.byrne@example.com', NULL, NULL, 'GLD', NULL, 0, '2023-10-14 15:32:00', 1047, NULL, 'en-GB'),
    (1069, '017141C4-1AA4-4338-9437-6A4593EBB627', 'P', N'Ivan', N'MacDonald', NULL, N'ivan.macdonald69@example.org', '07700 900485', NULL, NULL, NULL, 1, '2024-03-09 20:46:00', NULL, NULL, 'en-GB'),
    (1070, 'A6A5F6B1-4EA2-4827-9474-DFBF5DB77B53', 'P', N'Clara', N'D''Souza', NULL, N'clara.dsouza@mail.example.net', NULL, '19890501', 'SLV', NULL, 0, '2022-02-03 22:02:00', NULL, NULL, 'en-GB'),
    (1071, '098E0E9D-F57F-44BA-9B73-A6ED11777515', 'P', N'Tariq', N'St. Clair', NULL, N'tariq.stclair@example.com', '07700 900798', NULL, 'BRZ', NULL, 0, '2022-12-10 18:54:00', NULL, N'Says "call me Bobby"', 'en-GB'),
    (1072, '97516E28-1796-4EFD-9D55-0657E4F1C23D', 'P', N'Ottilie', N'Côté', NULL, N'ottilie.cote72@mail.example.net', '07700 900861', '19750621', 'GLD', NULL, 1, '2021-09-17 00:25:00', NULL, NULL, 'en-GB'),
    (1073, 'B74A1AA6-3422-4A24-92F4-39DA9ECF02B5', 'P', N'Ben', N'Fairweather', NULL, N'ben.fairweather@EXAMPLE.com', NULL, '19561210', 'BRZ', NULL, 1, '2021-02-11 00:07:00', 1033, NULL, 'en-GB'),
    (1074, '15C787F2-803B-44AF-B8E3-7D00CDC5A625', 'P', N'Nguyễn Thị', N'Weiß', NULL, N'nguyenthi.weiss@EXAMPLE.com', '07700 900462', '19650326', 'GLD', NULL, 0, '2022-04-05 22:13:00', NULL, NULL, 'en-GB'),
    (1075, '0DF7ACAD-9D87-40E6-82DE-A8C68DFE7B53', 'P', N'Kofi', N'Thompson', NULL, N'kofi.thompson75@EXAMPLE.com', '07700 900377', '19480412', 'BRZ', NULL, 0, '2023-12-25 22:05:00', 1052, NULL, 'en-GB'),
    (1076, 'A256E67F-7645-457F-BFC1-2140DDD01B9E', 'P', N'Bronwyn', N'Hughes', NULL, N'bronwyn.hughes@EXAMPLE.com', '07700 900082', NULL, 'SLV', NULL, 0, '2024-02-07 14:58:00', NULL, NULL, 'en-GB'),
    (1077, '3EA26552-8873-45A6-A841-478CAFDC56FC', 'T', N'Aidan', N'Green', N'Kontor 9 GmbH', N'aidan.green@EXAMPLE.com', '+45 555 0525', NULL, 'PLT', 500, 0, '2022-02-22 23:43:00', NULL, NULL, 'da-DK'),
    (1078, '308CB47A-613B-49FA-A907-08E697D1417B', 'P', N'Sophie', N'Davies', NULL, N'sophie.davies78@example.org', '07700 900174', '19760306', 'SLV', NULL, 0, '2021-06-20 21:24:00', 1004, NULL, 'en-GB'),
    (1079, '97098C0E-6BFF-411F-9B39-F4CD068E85E3', 'P', N'Max', N'Lan', NULL, N'max.lan@example.com', NULL, NULL, 'GLD', NULL, 1, '2023-02-21 18:18:00', NULL, NULL, 'en-GB'),
    (1080, '4A638575-33A3-4053-BB71-E5CF5E093621', 'P', N'Olivia', N'Lefèvre', NULL, N'olivia.lefevre@EXAMPLE.com', NULL, NULL, 'BRZ', NULL, 0, '2022-12-07 05:54:00', NULL, NULL, 'en-GB'),
    (1081, '200F948C-48DB-4F81-8040-C4328340D062', 'P', N'George', N'Evans', NULL, N'george.evans81@EXAMPLE.com', NULL, '19750219', 'SLV', NULL, 1, '2021-03-04 18:28:00', NULL, NULL, 'en-GB'),
    (1082, 'C6C8193F-49D2-4BE3-8C4F-A8534ABA5FDB', 'P', N'Amélie', N'Patel', NULL, N'amelie.patel@EXAMPLE.com', '07700 900888', '19910924', 'gld', NULL, 0, '2023-12-18 15:23:00', NULL, NULL, 'en-GB'),
    (1083, 'B1DDBC71-46EC-457E-A291-9E8D1A3AEB27', 'P', N'Harry', N'Baker', NULL, N'harry.baker@example.org', '07700 900218', '19791013', 'SLV', NULL, 1, '2021-07-20 06:50:00', NULL, NULL, 'en-GB'),
    (1084, '1C807077-7CC8-40DA-90DB-0A7A868F48D5', 'P', N'Isla', N'Schäfer', NULL, NULL, '07700 900984', '19870729', 'BRZ', NULL, 1, '2023-12-01 12:38:00', NULL, NULL, 'en-GB'),
    (1085, 'BBB0C6AD-70E1-4117-8FDD-0DEB8D6BA4C1', 'P', N'Noah', N'Byrne', NULL, N'noah.byrne@mail.example.net', '+33 555 0160', NULL, 'SLV', NULL, 1, '2022-08-23 05:34:00', NULL, NULL, 'fr-FR'),
    (1086, '684498BC-AE18-40CD-B974-09C6B7AD9ACD', 'P', N'Freya', N'MacDonald', NULL, NULL, NULL, NULL, 'BRZ', NULL, 1, '2022-10-20 10:41:00', 1026, NULL, 'en-GB'),
    (1087, '5451C200-FD7E-4FE3-8F5E-19FE9F4CE15A', 'P', N'Björn', N'D''Souza', NULL, N'bjorn.dsouza87@EXAMPLE.com', '+351 555 0586', NULL, 'SLV', NULL, 0, '2023-10-25 14:42:00', NULL, NULL, 'pt-PT'),
    (1088, 'C85C8EAA-A7A2-44C9-AFF4-9E4D998AE2A3', 'P', N'Zoë', N'St. Clair', NULL, N'zoe.stclair@mail.example.net', '07700 900522', '19980324', 'PLT', NULL, 0, '2021-06-04 16:00:00', NULL, NULL, 'en-GB'),
    (1089, 'FEEC844F-D86E-4C04-AD70-E25657182C46', 'T', N'Alfie', N'Côté', N'Quay Street Deli', N'alfie.cote@mail.example.net', NULL, NULL, 'GLD', 500, 1, '2021-08-30 18:37:00', NULL, N'Collects on Fridays; "never before ten"', 'en-GB'),
    (1090, '605313A2-E18C-4624-98DB-0E3D81019BEB', 'P', N'Mia', N'Fairweather', NULL, N'mia.fairweather90@example.org', NULL, '19630418', 'SLV', NULL, 1, '2021-03-12 17:21:00', NULL, NULL, 'pt-PT'),
    (1091, '050DBE79-F2A1-46C4-87DE-B5884EA6F5D6', 'P', N'Łukasz', N'Weiß', NULL, N'lukasz.weiss@example.org', '07700 900183', '19750405', 'SLV', NULL, 1, '2021-08-14 01:11:00', NULL, NULL, 'en-GB'),
    (1092, '404369EE-CFF1-416E-9311-586DEB4EC00A', 'P', N'Ava', N'Thompson', NULL, N'ava.thompson@example.org', '07700 900735', NULL, 'GLD', NULL, 0, '2023-06-27 05:24:00', NULL, NULL, 'en-GB'),
    (1093, '176276F6-5FB8-4969-866E-A63C9C740F4D', 'P', N'Theo', N'Hughes', NULL, NULL, NULL, '19780131', 'BRZ', NULL, 1, '2021-01-31 11:52:00', NULL, NULL, 'en-GB'),
    (1094, '712BB65B-E0B5-4277-95F4-983DC77A3B61', 'P', N'Niamh', N'Green', NULL, NULL, NULL, '19931013', 'GLD', NULL, 1, '2022-12-25 20:49:00', NULL, NULL, 'en-GB'),
    (1095, '97737846-D668-4BA7-B34A-189644A61575', 'P', N'Søren', N'Davies', NULL, N'soren.davies@example.com', '07700 900411', NULL, 'GLD', NULL, 1, '2021-11-27 14:10:00', NULL, NULL, 'en-GB'),
    (1096, '8E589FA5-CEF8-4974-A62A-C149A9A745D4', 'P', N'Emily', N'Lan', NULL, N'emily.lan96@mail.example.net', NULL, '19730604', 'BRZ', NULL, 0, '2021-09-16 07:41:00', NULL, NULL, 'en-GB'),
    (1097, 'B2A93615-1619-47DF-BE10-7989C2321ACF', 'P', N'Jack', N'Smith', NULL, N'jack.smith@example.org', NULL, NULL, 'SLV', NULL, 1, '2022-12-10 12:14:00', NULL, NULL, 'en-GB'),
    (1098, 'B013C989-BC45-477C-99A9-52EB8CE1BB2A', 'P', N'Renée', N'García', NULL, N'renee.garcia@EXAMPLE.com', '07700 900237', '19660923', 'BRZ', NULL, 0, '2021-08-26 11:42:00', 1036, NULL, 'en-GB'),
    (1099, 'F0089283-D71E-48EF-A751-61F5131E8D99', 'P', N'Oscar', N'Jørgensen', NULL, N'oscar.jorgensen99@example.com', NULL, '19900219', 'GLD', NULL, 0, '2023-03-18 10:00:00', NULL, NULL, 'en-GB');
SET IDENTITY_INSERT Sales.Customer OFF;
GO
-- three more who signed up on the web and let the defaults do the rest
INSERT INTO Sales.Customer (CustomerType, FirstName, LastName, Email) VALUES ('P', N'Jo', N'Fisher', N'jo.fisher@example.com')
INSERT INTO Sales.Customer (CustomerType, FirstName, LastName, BirthDate, MarketingOptIn) VALUES ('p', N'Anaïs', N'Nin', {d '1990-12-31'}, 1);
INSERT Sales.Customer (CustomerType, LastName, CompanyName, CreditLimit, RegisteredAt, Notes)
SELECT 'T', N'Okafor', N'Lagoon Lodge', 1500, CONVERT(datetime, '25/12/2024 10:30:00', 103), N'Found us at the "Homes & Gardens" fair';
GO
SET IDENTITY_INSERT Sales.CustomerAddress ON
INSERT INTO Sales.CustomerAddress (AddressID, CustomerID, Label, Line1, Line2, City, PostalCode, CountryCode, IsDefault)
VALUES
    (1, 1000, N'Home', N'51 Orchard Close', N'Top floor', N'London', 'SE15 6QT', 'GB', 1),
    (2, 1000, N'Work', N'119 Station Approach', N'c/o Reception', N'Whitby', 'YO21 6PX', 'GB', 0),
    (3, 1001, N'Home', N'73 Harbour Road', N'Top floor', N'Cardiff', 'CF10 3AE', 'GB', 1),
    (4, 1002, N'Home', N'63 The Crescent', NULL, N'London', 'SE15 5QT', 'GB', 1),
    (5, 1003, N'Home', N'77 High Street', NULL, N'Ærøskøbing', '5972', 'DK', 1),
    (6, 1004, N'Home', N'47 The Crescent', NULL, N'Whitby', 'YO21 1PX', 'GB', 1),
    (7, 1005, N'Office', N'48 High Street', NULL, N'Bath', 'BA1 1LN', 'GB', 1),
    (8, 1006, N'Home', N'84 Harbour Road', NULL, N'Utrecht', '3511 AB', 'NL', 1),
    (9, 1007, N'Home', N'47 Church Street', N'Top floor', N'Cardiff', 'CF10 8AE', 'GB', 1),
    (10, 1007, N'Work', N'19 High Street', NULL, N'Whitby', 'YO21 4PX', 'GB', 0),
    (11, 1008, N'Home', N'61 Church Street', N'c/o Reception', N'Saint-Malo', '35402', 'FR', 1),
    (12, 1009, N'Home', N'7 Mill Lane', N'c/o Reception', N'Saint-Malo', '35408', 'FR', 1),
    (13, 1010, N'Home', N'124 Orchard Close', N'c/o Reception', N'Galway', 'H91 X45P', 'IE', 1),
    (14, 1011, N'Home', N'90 Orchard Close', NULL, N'York', 'YO1 4HH', 'GB', 1),
    (15, 1012, N'Home', N'122 High Street', N'Top floor', N'Bath', 'BA1 8LN', 'GB', 1),
    (16, 1013, N'Home', N'39 St Mary''s Walk', N'c/o Reception', N'Whitby', 'YO21 2PX', 'GB', 1),
    (17, 1014, N'Home', N'28 High Street', NULL, N'Cardiff', 'CF10 8AE', 'GB', 1),
    (18, 1015, N'Home', N'127 Station Approach', N'c/o Reception', N'London', 'SE15 3QT', 'GB', 1),
    (19, 1016, N'Home', N'103 Marine Parade', NULL, N'Cardiff', 'CF10 8AE', 'GB', 1),
    (20, 1017, N'Office', N'2 High Street', NULL, N'St Ives ', 'TR26 2NG', 'GB', 1),
    (21, 1018, N'Home', N'11 Marine Parade', NULL, N'London', 'SE15 8QT', 'GB', 1),
    (22, 1019, N'Home', N'25 Church Street', NULL, N'King''s Lynn', 'PE30 3EW', 'GB', 1),
    (23, 1019, N'Parents', N'123 Church Street', NULL, N'Whitby', 'YO21 2PX', 'GB', 0),
    (24, 1020, N'Home', N'2 Mill Lane', NULL, N'Edinburgh', 'EH4 2HR', 'GB', 1),
    (25, 1021, N'Home', N'89 Harbour Road', NULL, N'Utrecht', '3518 AB', 'NL', 1),
    (26, 1022, N'Home', N'22 Station Approach', NULL, N'Whitby', 'YO21 6PX', 'GB', 1),
    (27, 1023, N'Home', N'122 Harbour Road', NULL, N'London', 'SE15 8QT', 'GB', 1),
    (28, 1023, N'Work', N'136 Orchard Close', NULL, N'King''s Lynn', 'PE30 1EW', 'GB', 0),
    (29, 1024, N'Home', N'123 Orchard Close', NULL, N'Edinburgh', 'EH4 4HR', 'GB', 1),
    (30, 1025, N'Home', N'129 St Mary''s Walk', N'Flat 2', N'Leeds', 'LS6 2DY', 'GB', 0),
    (31, 1025, N'Holiday cottage', N'115 High Street', NULL, N'King''s Lynn', 'PE30 4EW', 'GB', 0),
    (32, 1026, N'Home', N'123 Harbour Road', N'Flat 2', N'Ærøskøbing', '5973', 'DK', 1),
    (33, 1027, N'Home', N'59 Harbour Road', N'c/o Reception', N'Köln', '50664', 'DE', 1),
    (34, 1028, N'Home', N'33 Station Approach', N'Flat 2', N'Whitby', 'YO21 3PX', 'GB', 1),
    (35, 1029, N'Office', N'73 Harbour Road', N'Flat 2', N'King''s Lynn', 'PE30 1EW', 'GB', 1),
    (36, 1030, N'Home', N'123 Harbour Road', NULL, N'Bath', 'BA1 6LN', 'GB', 1),
    (37, 1031, N'Home', N'71 Gartenstraße', NULL, N'Köln', '50667', 'DE', 1),
    (38, 1032, N'Home', N'100 High Street', NULL, N'Ærøskøbing', '5976', 'DK', 1),
    (39, 1033, N'Home', N'81 St Mary''s Walk', NULL, N'Whitby', 'YO21 1PX', 'GB', 1),
    (40, 1034, N'Home', N'21 Mill Lane', NULL, N'Edinburgh', 'EH4 6HR', 'GB', 1),
    (41, 1035, N'Home', N'133 Harbour Road', N'Flat 2', N'Leeds', 'LS6 8DY', 'GB', 1),
    (42, 1036, N'Home', N'127 Orchard Close', N'c/o Reception', N'King''s Lynn', 'PE30 4EW', 'GB', 1),
    (43, 1037, N'Home', N'68 High Street', NULL, N'Leeds', 'LS6 7DY', 'GB', 1),
    (44, 1038, N'Home', N'60 Orchard Close', N'Top floor', N'York', 'YO1 3HH', 'GB', 1),
    (45, 1039, N'Home', N'85 Marine Parade', NULL, N'Cardiff', 'CF10 6AE', 'GB', 1),
    (46, 1041, N'Office', N'3 Church Street', NULL, N'Brighton', 'BN1 3AB', 'GB', 1),
    (47, 1042, N'Home', N'109 Station Approach', NULL, N'St Ives ', 'TR26 3NG', 'GB', 1),
    (48, 1043, N'Home', N'101 Orchard Close', NULL, N'Bath', 'BA1 5LN', 'GB', 1),
    (49, 1044, N'Home', N'131 Church Street', NULL, N'Utrecht', '3515 AB', 'NL', 1),
    (50, 1045, N'Home', N'44 The Crescent', NULL, N'Köln', '50668', 'DE', 1),
    (51, 1046, N'Home', N'70 St Mary''s Walk', NULL, N'St Ives ', 'TR26 5NG', 'GB', 1),
    (52, 1046, N'Holiday cottage', N'135 Church Street', N'Flat 2', N'York', 'YO1 5HH', 'GB', 0),
    (53, 1047, N'Home', N'133 The Crescent', NULL, N'Cardiff', 'CF10 4AE', 'GB', 1),
    (54, 1047, N'Holiday cottage', N'132 Harbour Road', NULL, N'Brighton', 'BN1 6AB', 'GB', 0),
    (55, 1048, N'Home', N'65 Marine Parade', NULL, N'York', 'YO1 3HH', 'GB', 1),
    (56, 1048, N'Work', N'135 High Street', NULL, N'Bath', 'BA1 6LN', 'GB', 0),
    (57, 1049, N'Home', N'100 High Street', NULL, N'Edinburgh', 'EH4 4HR', 'GB', 1),
    (58, 1049, N'Work', N'23 Marine Parade', N'Top floor', N'Cardiff', 'CF10 8AE', 'GB', 0),
    (59, 1050, N'Home', N'89 Marine Parade', N'Flat 2', N'Saint-Malo', '35403', 'FR', 1),
    (60, 1051, N'Home', N'79 Mill Lane', NULL, N'Whitby', 'YO21 5PX', 'GB', 1),
    (61, 1052, N'Home', N'116 Church Street', N'Flat 2', N'Leeds', 'LS6 1DY', 'GB', 1),
    (62, 1053, N'Office', N'104 Orchard Close', NULL, N'Edinburgh', 'EH4 5HR', 'GB', 1),
    (63, 1054, N'Home', N'27 St Mary''s Walk', N'Top floor', N'Bath', 'BA1 1LN', 'GB', 1),
    (64, 1054, N'Work', N'12 The Crescent', N'c/o Reception', N'London', 'SE15 7QT', 'GB', 0),
    (65, 1055, N'Home', N'45 High Street', N'Flat 2', N'London', 'SE15 7QT', 'GB', 1)
INSERT INTO Sales.CustomerAddress (AddressID, CustomerID, Label, Line1, Line2, City, PostalCode, CountryCode, IsDefault)
VALUES
    (66, 1055, N'Parents', N'4 Mill Lane', NULL, N'Leeds', 'LS6 6DY', 'GB', 0),
    (67, 1056, N'Home', N'16 Mill Lane', NULL, N'Leeds', 'LS6 4DY', 'GB', 1),
    (68, 1057, N'Home', N'124 Mill Lane', NULL, N'Galway', 'H91 X65P', 'IE', 1),
    (69, 1058, N'Home', N'67 Harbour Road', NULL, N'Leeds', 'LS6 5DY', 'GB', 1),
    (70, 1059, N'Home', N'68 High Street', N'Flat 2', N'Bath', 'BA1 8LN', 'GB', 1),
    (71, 1060, N'Home', N'101 Station Approach', N'c/o Reception', N'St Ives ', 'TR26 5NG', 'GB', 1),
    (72, 1060, N'Work', N'116 High Street', N'c/o Reception', N'London', 'SE15 8QT', 'GB', 0),
    (73, 1061, N'Home', N'29 Church Street', NULL, N'Cardiff', 'CF10 3AE', 'GB', 1),
    (74, 1062, N'Home', N'112 Orchard Close', N'Top floor', N'York', 'YO1 8HH', 'GB', 1),
    (75, 1063, N'Home', N'101 High Street', N'Flat 2', N'St Ives ', 'TR26 7NG', 'GB', 1),
    (76, 1064, N'Home', N'63 St Mary''s Walk', NULL, N'Edinburgh', 'EH4 3HR', 'GB', 1),
    (77, 1065, N'Office', N'46 The Crescent', NULL, N'Whitby', 'YO21 2PX', 'GB', 1),
    (78, 1066, N'Home', N'117 St Mary''s Walk', NULL, N'Utrecht', '3512 AB', 'NL', 1),
    (79, 1066, N'Work', N'94 Mill Lane', N'c/o Reception', N'Leeds', 'LS6 3DY', 'GB', 0),
    (80, 1067, N'Home', N'91 St Mary''s Walk', N'Top floor', N'Bath', 'BA1 7LN', 'GB', 1),
    (81, 1068, N'Home', N'23 Harbour Road', NULL, N'King''s Lynn', 'PE30 8EW', 'GB', 1),
    (82, 1068, N'Work', N'125 Marine Parade', NULL, N'Cardiff', 'CF10 4AE', 'GB', 0),
    (83, 1069, N'Home', N'107 St Mary''s Walk', NULL, N'King''s Lynn', 'PE30 4EW', 'GB', 1),
    (84, 1070, N'Home', N'55 Church Street', NULL, N'Leeds', 'LS6 7DY', 'GB', 1),
    (85, 1070, N'Holiday cottage', N'66 The Crescent', NULL, N'St Ives ', 'TR26 3NG', 'GB', 0),
    (86, 1071, N'Home', N'108 Church Street', N'Top floor', N'Edinburgh', 'EH4 8HR', 'GB', 1),
    (87, 1071, N'Holiday cottage', N'24 Mill Lane', N'Top floor', N'Bath', 'BA1 1LN', 'GB', 0),
    (88, 1072, N'Home', N'93 Church Street', N'Top floor', N'Bath', 'BA1 5LN', 'GB', 1),
    (89, 1072, N'Work', N'99 The Crescent', N'Top floor', N'London', 'SE15 3QT', 'GB', 0),
    (90, 1073, N'Home', N'18 Harbour Road', NULL, N'Whitby', 'YO21 4PX', 'GB', 1),
    (91, 1073, N'Holiday cottage', N'43 Marine Parade', N'c/o Reception', N'Bath', 'BA1 7LN', 'GB', 0),
    (92, 1074, N'Home', N'44 Church Street', N'Flat 2', N'Whitby', 'YO21 1PX', 'GB', 1),
    (93, 1075, N'Home', N'82 Mill Lane', N'Flat 2', N'Bath', 'BA1 5LN', 'GB', 1),
    (94, 1076, N'Home', N'35 Church Street', N'Top floor', N'St Ives ', 'TR26 2NG', 'GB', 1),
    (95, 1077, N'Office', N'38 The Crescent', NULL, N'Ærøskøbing', '5976', 'DK', 1),
    (96, 1077, N'Holiday cottage', N'100 Church Street', N'Flat 2', N'Bath', 'BA1 2LN', 'GB', 0),
    (97, 1078, N'Home', N'6 The Crescent', NULL, N'Cardiff', 'CF10 4AE', 'GB', 1),
    (98, 1079, N'Home', N'82 Station Approach', N'Flat 2', N'Edinburgh', 'EH4 5HR', 'GB', 1),
    (99, 1079, N'Parents', N'1 High Street', NULL, N'Cardiff', 'CF10 7AE', 'GB', 0),
    (100, 1080, N'Home', N'92 High Street', N'c/o Reception', N'Leeds', 'LS6 4DY', 'GB', 1),
    (101, 1081, N'Home', N'37 St Mary''s Walk', NULL, N'King''s Lynn', 'PE30 6EW', 'GB', 1),
    (102, 1082, N'Home', N'26 High Street', NULL, N'Cardiff', 'CF10 8AE', 'GB', 1),
    (103, 1083, N'Home', N'39 St Mary''s Walk', N'Top floor', N'Whitby', 'YO21 3PX', 'GB', 1),
    (104, 1084, N'Home', N'120 Mill Lane', NULL, N'Edinburgh', 'EH4 4HR', 'GB', 1),
    (105, 1085, N'Home', N'96 The Crescent', NULL, N'Saint-Malo', '35408', 'FR', 1),
    (106, 1086, N'Home', N'125 The Crescent', NULL, N'Edinburgh', 'EH4 2HR', 'GB', 1),
    (107, 1087, N'Home', N'40 Church Street', NULL, N'Évora', '7005-501', 'PT', 1),
    (108, 1087, N'Work', N'99 Orchard Close', N'Flat 2', N'Whitby', 'YO21 3PX', 'GB', 0),
    (109, 1088, N'Home', N'90 Station Approach', N'c/o Reception', N'York', 'YO1 5HH', 'GB', 1),
    (110, 1088, N'Holiday cottage', N'14 The Crescent', N'Top floor', N'York', 'YO1 4HH', 'GB', 0),
    (111, 1089, N'Office', N'127 High Street', N'c/o Reception', N'King''s Lynn', 'PE30 6EW', 'GB', 1),
    (112, 1089, N'Parents', N'114 Mill Lane', NULL, N'Brighton', 'BN1 8AB', 'GB', 0),
    (113, 1091, N'Home', N'101 St Mary''s Walk', N'Flat 2', N'Bath', 'BA1 3LN', 'GB', 1),
    (114, 1091, N'Parents', N'15 Church Street', N'c/o Reception', N'York', 'YO1 6HH', 'GB', 0),
    (115, 1092, N'Home', N'29 Mill Lane', N'Top floor', N'Cardiff', 'CF10 6AE', 'GB', 1),
    (116, 1093, N'Home', N'41 Harbour Road', NULL, N'Brighton', 'BN1 8AB', 'GB', 1),
    (117, 1093, N'Work', N'134 St Mary''s Walk', N'Flat 2', N'York', 'YO1 7HH', 'GB', 0),
    (118, 1094, N'Home', N'127 Mill Lane', N'c/o Reception', N'Leeds', 'LS6 2DY', 'GB', 1),
    (119, 1095, N'Home', N'100 Station Approach', NULL, N'Edinburgh', 'EH4 5HR', 'GB', 1),
    (120, 1095, N'Parents', N'107 Harbour Road', N'Flat 2', N'Edinburgh', 'EH4 2HR', 'GB', 0),
    (121, 1096, N'Home', N'128 Mill Lane', NULL, N'York', 'YO1 1HH', 'GB', 1),
    (122, 1097, N'Home', N'58 The Crescent', NULL, N'Brighton', 'BN1 4AB', 'GB', 1),
    (123, 1098, N'Home', N'54 Orchard Close', NULL, N'King''s Lynn', 'PE30 5EW', 'GB', 1),
    (124, 1099, N'Home', N'40 High Street', NULL, N'King''s Lynn', 'PE30 5EW', 'GB', 1),
    (125, 1099, N'Holiday cottage', N'17 Mill Lane', N'c/o Reception', N'King''s Lynn', 'PE30 3EW', 'GB', 0)
SET IDENTITY_INSERT Sales.CustomerAddress OFF
GO
INSERT INTO Sales.CustomerAddress (CustomerID, Line1, City, PostalCode) VALUES (1100, N'3 Fisher''s Row', N'Whitby', 'YO21 3PU');
GO

------------------------------------------------------------------------------------------------
-- Rows: orders
------------------------------------------------------------------------------------------------

SET IDENTITY_INSERT Sales.SalesOrder ON
GO
INSERT INTO Sales.SalesOrder (SalesOrderID, OrderNumber, CustomerID, ShipToAddressID, LocationID, SalespersonID, PromotionID, Channel, Status, PlacedAt, RequiredDate, ShippedDate, DeliveredDate, ShippingFee, CurrencyCode, Comments, LastModified)
VALUES
    (5001, 100001, 1018, 21, 80, 34, NULL, 'PHONE', 'Cancelled', '2023-01-05T20:10:00+00:00', NULL, NULL, NULL, 0, 'GBP', NULL, '20230105 21:39:00'),
    (5002, 100002, 1018, 21, 80, NULL, NULL, 'WEB', 'Delivered', '2023-01-20T18:50:00+00:00', NULL, '20230120 22:50:00', '20230123 03:50:00', 0, 'GBP', NULL, '20230123 04:02:00'),
    (5003, 100003, 1013, NULL, 50, NULL, NULL, 'SHOP', 'Delivered', '2023-01-24T10:11:00+00:00', NULL, '20230124 10:11:00', '20230124 10:11:00', 0, 'GBP', NULL, '20230124 10:38:00'),
    (5004, 100004, 1018, NULL, 10, 7, NULL, 'SHOP', 'Delivered', '2023-01-27T11:01:00+00:00', NULL, '20230127 11:01:00', '20230127 11:01:00', 0, 'GBP', NULL, '20230127 12:28:00'),
    (5005, 100005, 1023, 28, 80, NULL, NULL, 'WEB', 'Delivered', '2023-02-12T20:10:00+00:00', NULL, '20230215 21:10:00', '20230222 05:10:00', 0, 'GBP', N'Leave with neighbour at no. 12', '20230222 05:22:00'),
    (5006, 100006, 1001, NULL, 20, 17, NULL, 'SHOP', 'Delivered', '2023-02-21T12:53:00+00:00', NULL, '20230221 12:53:00', '20230221 12:53:00', 0, 'GBP', NULL, '20230221 13:05:00'),
    (5007, 100007, 1062, NULL, 20, NULL, NULL, 'SHOP', 'Delivered', '2023-02-25T10:42:00+00:00', NULL, '20230225 10:42:00', '20230225 10:42:00', 0, 'GBP', NULL, '20230225 10:59:00'),
    (5008, 100008, 1055, 66, 80, NULL, NULL, 'WEB', 'Delivered', '2023-03-03T11:39:00+00:00', '20230308', '20230306 13:39:00', '20230308 17:39:00', 0, 'GBP', NULL, '20230308 18:34:00'),
    (5009, 100009, 1048, NULL, 60, 25, NULL, 'shop', 'DELIVERED', '2023-03-14T17:54:00+00:00', NULL, '20230314 17:54:00', '20230314 17:54:00', 0, 'GBP', NULL, '20230314 19:03:00'),
    (5010, 100010, 1039, 45, 80, 34, NULL, 'PHONE', 'DELIVERED', '2023-03-17T14:45:00+00:00', '20230324', '20230318 15:45:00', '20230324 21:45:00', 0, 'GBP', NULL, '20230324 23:09:00'),
    (5011, 100011, 1063, NULL, 60, 14, NULL, 'SHOP', 'Delivered', '2023-03-22T19:58:00+00:00', NULL, '20230322 19:58:00', '20230322 19:58:00', 0, 'GBP', NULL, '20230322 20:29:00'),
    (5012, 100012, 1009, NULL, 20, 8, 1, 'SHOP', 'DELIVERED', '2023-03-30T13:22:00+01:00', NULL, '20230330 13:22:00', '20230330 13:22:00', 0, 'GBP', NULL, '20230330 13:55:00'),
    (5013, 100013, 1064, 76, 80, NULL, NULL, 'WEB', 'Delivered', '2023-04-17T12:34:00+01:00', NULL, '20230422 14:34:00', '20230423 21:34:00', 0, 'GBP', NULL, '20230423 22:48:00'),
    (5014, 100014, 1049, 57, 80, NULL, NULL, 'WEB', 'Delivered', '2023-04-23T12:01:00+01:00', '20230426', '20230424 13:01:00', '20230425 15:01:00', 0, 'GBP', NULL, '20230425 16:01:00'),
    (5015, 100015, 1032, 38, 80, NULL, NULL, 'WEB', 'Delivered', '2023-04-23T15:20:00+02:00', NULL, '20230424 18:20:00', '20230427 00:20:00', 12.50, 'GBP', NULL, '20230427 01:34:00'),
    (5016, 100016, 1009, 12, 80, NULL, NULL, 'WEB', 'Cancelled', '2023-04-30T15:02:00+02:00', '20230505', NULL, NULL, 0, 'GBP', NULL, '20230430 16:25:00'),
    (5017, 100017, 1027, 33, 80, 34, NULL, 'phone', 'Delivered', '2023-05-25T09:11:00+02:00', '20230601', '20230526 12:11:00', '20230601 17:11:00', 0, 'GBP', NULL, '20230601 18:40:00'),
    (5018, 100018, 1018, 21, 80, NULL, NULL, 'WEB', 'Delivered', '2023-05-25T13:35:00+01:00', '20230530', '20230525 17:35:00', '20230526 18:35:00', 0, 'GBP', NULL, '20230526 19:58:00'),
    (5019, 100019, 1065, 77, 80, 34, NULL, 'PHONE', 'Cancelled', '2023-06-15T20:50:00+01:00', '20230620', NULL, NULL, 0, 'GBP', NULL, '20230615 22:06:00'),
    (5020, 100020, 1039, 45, 80, 34, NULL, 'PHONE', 'Delivered', '2023-06-20T16:33:00+01:00', NULL, '20230620 20:33:00', '20230622 02:33:00', 0, 'GBP', N'  ', '20230622 02:52:00'),
    (5021, 100021, 1064, NULL, 40, 10, NULL, 'SHOP', 'Delivered', '2023-06-22T19:56:00+01:00', NULL, '20230622 19:56:00', '20230622 19:56:00', 0, 'GBP', NULL, '20230622 20:36:00'),
    (5022, 100022, 1055, 66, 80, NULL, NULL, 'WEB', 'Delivered', '2023-06-30T10:29:00+01:00', NULL, '20230701 13:29:00', '20230703 19:29:00', 0, 'GBP', NULL, '20230703 20:21:00'),
    (5023, 100023, 1064, 76, 80, NULL, NULL, 'WEB', 'Delivered', '2023-07-03T10:21:00+01:00', NULL, '20230706 12:21:00', '20230707 19:21:00', 0, 'GBP', NULL, '20230707 20:19:00'),
    (5024, 100024, 1036, NULL, 40, 21, NULL, 'SHOP', 'Delivered', '2023-07-08T18:59:00+01:00', NULL, '20230708 18:59:00', '20230708 18:59:00', 0, 'GBP', N'Customer''s own wrapping', '20230708 20:11:00'),
    (5025, 100025, 1000, 2, 80, NULL, NULL, 'WEB', 'Delivered', '2023-07-11T15:58:00+01:00', NULL, '20230711 17:58:00', '20230713 18:58:00', 0, 'GBP', N'  ', '20230713 19:40:00'),
    (5026, 100026, 1018, NULL, 30, 20, NULL, 'SHOP', 'Delivered', '2023-07-31T10:15:00+01:00', NULL, '20230731 10:15:00', '20230731 10:15:00', 0, 'GBP', NULL, '20230731 10:43:00'),
    (5027, 100027, 1081, 101, 80, NULL, NULL, 'WEB', 'Delivered', '2023-08-03T18:15:00+01:00', '20230808', '20230804 22:15:00', '20230811 03:15:00', 0, 'GBP', NULL, '20230811 03:54:00'),
    (5028, 100028, 1054, NULL, 10, 15, NULL, 'SHOP', 'Delivered', '2023-08-07T16:53:00+01:00', NULL, '20230807 16:53:00', '20230807 16:53:00', 0, 'GBP', NULL, '20230807 18:22:00'),
    (5029, 100029, 1019, 22, 80, NULL, NULL, 'WEB', 'Delivered', '2023-08-08T18:19:00+01:00', '20230815', '20230809 19:19:00', '20230816 02:19:00', 0, 'GBP', NULL, '20230816 02:24:00'),
    (5030, 100030, 1020, 24, 80, NULL, NULL, 'WEB', 'Delivered', '2023-08-19T11:56:00+01:00', '20230822', '20230824 12:56:00', '20230826 16:56:00', 0, 'GBP', NULL, '20230826 16:57:00'),
    (5031, 100031, 1044, 49, 80, NULL, NULL, 'web', 'Delivered', '2023-09-04T18:09:00+02:00', '20230914', '20230904 22:09:00', '20230905 23:09:00', 12.50, 'GBP', NULL, '20230906 00:25:00'),
    (5032, 100032, 1018, NULL, 40, 10, NULL, 'SHOP', 'Delivered', '2023-09-11T15:13:00+01:00', NULL, '20230911 15:13:00', '20230911 15:13:00', 0, 'GBP', NULL, '20230911 15:46:00'),
    (5033, 100033, 1072, 89, 80, NULL, NULL, 'WEB', 'Delivered', '2023-09-16T18:25:00+01:00', '20230923', '20230919 21:25:00', '20230923 02:25:00', 0, 'GBP', N'  ', '20230923 02:35:00'),
    (5034, 100034, 1029, 35, 80, NULL, NULL, 'WEB', 'Delivered', '2023-09-17T17:32:00+01:00', NULL, '20230918 18:32:00', '20230920 23:32:00', 0, 'GBP', NULL, '20230921 00:14:00'),
    (5035, 100035, 1048, 55, 80, NULL, 6, 'WEB', 'Delivered', '2023-09-17T20:25:00+01:00', NULL, '20230920 22:25:00', '20230926 23:25:00', 0, 'GBP', NULL, '20230927 00:34:00'),
    (5036, 100036, 1018, 21, 80, NULL, NULL, 'WEB', 'Delivered', '2023-09-18T09:47:00+01:00', NULL, '20230919 12:47:00', '20230921 17:47:00', 0, 'GBP', NULL, '20230921 18:41:00'),
    (5037, 100037, 1020, NULL, 50, 11, NULL, 'SHOP', 'Delivered', '2023-10-09T10:28:00+01:00', NULL, '20231009 10:28:00', '20231009 10:28:00', 0, 'GBP', NULL, '20231009 10:56:00'),
    (5038, 100038, 1066, 78, 80, NULL, NULL, 'WEB', 'Delivered', '2023-10-16T14:47:00+02:00', NULL, '20231017 18:47:00', '20231024 02:47:00', 0, 'GBP', NULL, '20231024 04:15:00'),
    (5039, 100039, 1032, 38, 80, NULL, NULL, 'WEB', 'DELIVERED', '2023-10-17T17:58:00+02:00', '20231020', '20231019 19:58:00', '20231021 20:58:00', 0, 'GBP', NULL, '20231021 21:45:00'),
    (5040, 100040, 1032, 38, 80, NULL, NULL, 'WEB', 'Delivered', '2023-10-25T12:44:00+02:00', NULL, '20231026 16:44:00', '20231101 18:44:00', 0, 'GBP', NULL, '20231101 19:22:00'),
    (5041, 100041, 1009, NULL, 60, NULL, NULL, 'SHOP', 'Delivered', '2023-10-26T10:24:00+01:00', NULL, '20231026 10:24:00', '20231026 10:24:00', 0, 'GBP', N'gift – no invoice in the box', '20231026 10:40:00'),
    (5042, 100042, 1024, 29, 80, NULL, NULL, 'WEB', 'Delivered', '2023-10-27T12:54:00+01:00', NULL, '20231030 16:54:00', '20231103 00:54:00', 0, 'GBP', NULL, '20231103 01:23:00'),
    (5043, 100043, 1078, 97, 80, 34, 6, 'PHONE', 'DELIVERED', '2023-11-04T11:02:00+00:00', '20231109', '20231109 15:02:00', '20231112 19:02:00', 0, 'GBP', NULL, '20231112 20:15:00'),
    (5044, 100044, 1060, 71, 80, 34, NULL, 'PHONE', 'Cancelled', '2023-11-07T17:32:00+00:00', NULL, NULL, NULL, 0, 'GBP', NULL, '20231107 18:02:00'),
    (5045, 100045, 1081, NULL, 30, 9, NULL, 'SHOP', 'Cancelled', '2023-11-08T17:38:00+00:00', NULL, NULL, NULL, 0, 'GBP', NULL, '20231108 18:23:00'),
    (5046, 100046, 1018, NULL, 30, 9, NULL, 'SHOP', 'Delivered', '2023-11-11T14:52:00+00:00', NULL, '20231111 14:52:00', '20231111 14:52:00', 0, 'GBP', NULL, '20231111 15:59:00'),
    (5047, 100047, 1054, 63, 80, NULL, 2, 'WEB', 'Delivered', '2023-11-28T13:21:00+00:00', '20231208', '20231130 17:21:00', '20231206 23:21:00', 4.95, 'GBP', NULL, '20231206 23:29:00'),
    (5048, 100048, 1081, 101, 80, NULL, NULL, 'WEB', 'Delivered', '2023-11-29T20:24:00+00:00', '20231206', '20231204 21:24:00', '20231206 05:24:00', 0, 'GBP', NULL, '20231206 06:44:00'),
    (5049, 100049, 1064, 76, 80, NULL, NULL, 'WEB', 'Delivered', '2023-12-03T17:41:00+00:00', NULL, '20231204 19:41:00', '20231211 03:41:00', 0, 'GBP', NULL, '20231211 05:02:00'),
    (5050, 100050, 1043, 48, 80, NULL, NULL, 'WEB', 'Delivered', '2023-12-11T11:26:00+00:00', NULL, '20231212 14:26:00', '20231214 15:26:00', 0, 'GBP', NULL, '20231214 16:29:00');
INSERT INTO Sales.SalesOrder (SalesOrderID, OrderNumber, CustomerID, ShipToAddressID, LocationID, SalespersonID, PromotionID, Channel, Status, PlacedAt, RequiredDate, ShippedDate, DeliveredDate, ShippingFee, CurrencyCode, Comments, LastModified)
VALUES
    (5051, 100051, 1000, 2, 80, NULL, NULL, 'WEB', 'Delivered', '2023-12-11T15:13:00+00:00', '20231218', '20231212 19:13:00', '20231215 01:13:00', 4.95, 'GBP', NULL, '20231215 02:29:00'),
    (5052, 100052, 1072, 89, 80, NULL, NULL, 'WEB', 'Delivered', '2023-12-20T14:05:00+00:00', '20231230', '20231225 15:05:00', '20231227 23:05:00', 0, 'GBP', NULL, '20231227 23:58:00'),
    (5053, 100053, 1012, NULL, 50, 11, 6, 'SHOP', 'Delivered', '2023-12-22T13:53:00+00:00', NULL, '20231222 13:53:00', '20231222 13:53:00', 0, 'GBP', NULL, '20231222 15:16:00'),
    (5054, 100054, 1024, 29, 80, NULL, NULL, 'WEB', 'Delivered', '2023-12-25T10:54:00+00:00', '20231230', '20231225 13:54:00', '20231231 15:54:00', 0, 'GBP', NULL, '20231231 16:35:00'),
    (5055, 100055, 1077, 95, 80, 34, NULL, 'PHONE', 'Delivered', '2023-12-31T12:47:00+01:00', NULL, '20240105 14:47:00', '20240107 15:47:00', 0, 'GBP', NULL, '20240107 15:53:00'),
    (5056, 100056, 1081, NULL, 20, 8, NULL, 'SHOP', 'Delivered', '2023-12-31T17:47:00+00:00', NULL, '20231231 17:47:00', '20231231 17:47:00', 0, 'GBP', NULL, '20231231 18:38:00'),
    (5057, 100057, 1082, 102, 80, NULL, NULL, 'WEB', 'Delivered', '2023-12-31T23:40:00+00:00', NULL, '20240104 03:40:00', '20240110 05:40:00', 0, 'GBP', NULL, '20240110 05:56:00'),
    (5058, 100058, 1038, 44, 80, NULL, NULL, 'WEB', 'Delivered', '2024-01-01T00:20:00+00:00', '20240106', '20240103 03:20:00', '20240105 04:20:00', 0, 'GBP', NULL, '20240105 05:45:00'),
    (5059, 100059, 1048, NULL, 40, 10, NULL, 'SHOP', 'DELIVERED', '2024-01-01T13:35:00+00:00', NULL, '20240101 13:35:00', '20240101 13:35:00', 0, 'GBP', NULL, '20240101 14:11:00'),
    (5060, 100060, 1072, 89, 80, NULL, NULL, 'web', 'Delivered', '2024-01-09T12:34:00+00:00', '20240119', '20240111 15:34:00', '20240113 16:34:00', 0, 'GBP', N'  ', '20240113 17:44:00'),
    (5061, 100061, 1081, 101, 80, NULL, NULL, 'WEB', 'Delivered', '2024-01-09T12:50:00+00:00', '20240116', '20240110 16:50:00', '20240112 18:50:00', 4.95, 'GBP', NULL, '20240112 20:14:00'),
    (5062, 100062, 1025, NULL, 30, 20, NULL, 'SHOP', 'Delivered', '2024-01-17T11:18:00+00:00', NULL, '20240117 11:18:00', '20240117 11:18:00', 0, 'GBP', NULL, '20240117 12:02:00'),
    (5063, 100063, 1056, 67, 80, NULL, NULL, 'WEB', 'Delivered', '2024-01-20T18:54:00+00:00', '20240130', '20240123 19:54:00', '20240125 03:54:00', 0, 'GBP', NULL, '20240125 05:21:00'),
    (5064, 100064, 1045, 50, 80, NULL, NULL, 'WEB', 'Delivered', '2024-01-22T10:56:00+01:00', NULL, '20240122 11:56:00', '20240124 12:56:00', 0, 'GBP', NULL, '20240124 13:07:00'),
    (5065, 100065, 1075, 93, 80, NULL, NULL, 'WEB', 'Delivered', '2024-01-22T14:58:00+00:00', '20240129', '20240125 17:58:00', '20240127 18:58:00', 4.95, 'GBP', NULL, '20240127 19:50:00'),
    (5066, 100066, 1027, NULL, 20, 18, NULL, 'SHOP', 'Delivered', '2024-01-25T09:15:00+00:00', NULL, '20240125 09:15:00', '20240125 09:15:00', 0, 'GBP', NULL, '20240125 10:18:00'),
    (5067, 100067, 1027, 33, 80, NULL, NULL, 'WEB', 'Delivered', '2024-01-26T16:07:00+01:00', '20240205', '20240127 17:07:00', '20240130 19:07:00', 0, 'GBP', NULL, '20240130 19:23:00'),
    (5068, 100068, 1060, 71, 80, NULL, NULL, 'WEB', 'Delivered', '2024-02-03T10:44:00+00:00', '20240206', '20240203 13:44:00', '20240205 18:44:00', 0, 'GBP', NULL, '20240205 18:55:00'),
    (5069, 100069, 1043, NULL, 20, 8, NULL, 'SHOP', 'Delivered', '2024-02-03T19:31:00+00:00', NULL, '20240203 19:31:00', '20240203 19:31:00', 0, 'GBP', NULL, '20240203 20:16:00'),
    (5070, 100070, 1064, NULL, 40, 21, NULL, 'SHOP', 'Delivered', '2024-02-11T15:53:00+00:00', NULL, '20240211 15:53:00', '20240211 15:53:00', 0, 'GBP', N'gift – no invoice in the box', '20240211 16:22:00'),
    (5071, 100071, 1004, 6, 80, NULL, NULL, 'WEB', 'Delivered', '2024-02-18T16:59:00+00:00', '20240223', '20240220 19:59:00', '20240222 21:59:00', 0, 'GBP', NULL, '20240222 22:46:00'),
    (5072, 100072, 1045, 50, 80, NULL, NULL, 'WEB', 'Delivered', '2024-02-20T16:23:00+01:00', NULL, '20240225 20:23:00', '20240226 22:23:00', 0, 'GBP', NULL, '20240226 23:21:00'),
    (5073, 100073, 1045, 50, 80, NULL, NULL, 'web', 'Delivered', '2024-02-27T10:14:00+01:00', NULL, '20240303 13:14:00', '20240309 15:14:00', 0, 'GBP', NULL, '20240309 16:08:00'),
    (5074, 100074, 1066, NULL, 10, 15, NULL, 'SHOP', 'Delivered', '2024-02-27T12:15:00+00:00', NULL, '20240227 12:15:00', '20240227 12:15:00', 0, 'GBP', NULL, '20240227 12:58:00'),
    (5075, 100075, 1032, 38, 80, NULL, 3, 'WEB', 'Delivered', '2024-02-29T11:05:00+01:00', '20240307', '20240303 13:05:00', '20240305 14:05:00', 0, 'GBP', NULL, '20240305 14:26:00'),
    (5076, 100076, 1081, NULL, 40, 21, 3, 'SHOP', 'Cancelled', '2024-02-29T16:45:00+00:00', NULL, NULL, NULL, 0, 'GBP', NULL, '20240229 17:18:00'),
    (5077, 100077, 1048, NULL, 20, 18, 3, 'SHOP', 'Delivered', '2024-03-01T16:04:00+00:00', NULL, '20240301 16:04:00', '20240301 16:04:00', 0, 'GBP', NULL, '20240301 16:32:00'),
    (5078, 100078, 1039, 45, 80, NULL, 3, 'WEB', 'Delivered', '2024-03-01T19:57:00+00:00', NULL, '20240302 20:57:00', '20240304 22:57:00', 0, 'GBP', NULL, '20240305 00:17:00'),
    (5079, 100079, 1059, 70, 80, NULL, NULL, 'WEB', 'Delivered', '2024-03-06T11:16:00+00:00', '20240309', '20240308 12:16:00', '20240309 19:16:00', 0, 'GBP', NULL, '20240309 20:02:00'),
    (5080, 100080, 1076, NULL, 10, 16, NULL, 'SHOP', 'Delivered', '2024-03-11T12:46:00+00:00', NULL, '20240311 12:46:00', '20240311 12:46:00', 0, 'GBP', NULL, '20240311 13:00:00'),
    (5081, 100081, 1012, NULL, 30, 9, NULL, 'SHOP', 'Delivered', '2024-03-11T20:22:00+00:00', NULL, '20240311 20:22:00', '20240311 20:22:00', 0, 'GBP', NULL, '20240311 20:47:00'),
    (5082, 100082, 1084, 104, 80, NULL, NULL, 'WEB', 'Delivered', '2024-03-13T11:39:00+00:00', NULL, '20240315 14:39:00', '20240317 18:39:00', 0, 'GBP', NULL, '20240317 19:32:00'),
    (5083, 100083, 1036, NULL, 50, 23, NULL, 'SHOP', 'Delivered', '2024-03-25T10:25:00+00:00', NULL, '20240325 10:25:00', '20240325 10:25:00', 0, 'GBP', NULL, '20240325 10:43:00'),
    (5084, 100084, 1035, 41, 80, NULL, NULL, 'WEB', 'Delivered', '2024-04-01T19:28:00+01:00', '20240404', '20240402 20:28:00', '20240406 01:28:00', 0, 'GBP', NULL, '20240406 02:35:00'),
    (5085, 100085, 1068, 82, 80, NULL, NULL, 'WEB', 'Delivered', '2024-04-03T10:16:00+01:00', '20240410', '20240404 12:16:00', '20240406 19:16:00', 0, 'GBP', NULL, '20240406 20:19:00'),
    (5086, 100086, 1018, NULL, 10, 7, NULL, 'SHOP', 'Delivered', '2024-04-05T14:42:00+01:00', NULL, '20240405 14:42:00', '20240405 14:42:00', 0, 'GBP', NULL, '20240405 15:57:00'),
    (5087, 100087, 1018, NULL, 40, 21, NULL, 'SHOP', 'Delivered', '2024-04-17T12:52:00+01:00', NULL, '20240417 12:52:00', '20240417 12:52:00', 0, 'GBP', NULL, '20240417 12:54:00'),
    (5088, 100088, 1044, 49, 80, NULL, NULL, 'WEB', 'Cancelled', '2024-04-19T11:26:00+02:00', '20240426', NULL, NULL, 12.50, 'GBP', NULL, '20240419 12:55:00'),
    (5089, 100089, 1073, NULL, 40, 21, NULL, 'SHOP', 'Delivered', '2024-04-20T17:26:00+01:00', NULL, '20240420 17:26:00', '20240420 17:26:00', 0, 'GBP', NULL, '20240420 17:59:00'),
    (5090, 100090, 1047, 54, 80, NULL, NULL, 'WEB', 'Delivered', '2024-04-21T09:06:00+01:00', '20240424', '20240422 12:06:00', '20240425 19:06:00', 0, 'GBP', NULL, '20240425 19:26:00'),
    (5091, 100091, 1045, 50, 80, 34, NULL, 'PHONE', 'Delivered', '2024-04-25T20:40:00+02:00', NULL, '20240426 22:40:00', '20240428 03:40:00', 0, 'GBP', NULL, '20240428 04:58:00'),
    (5092, 100092, 1000, 2, 80, NULL, NULL, 'WEB', 'Delivered', '2024-05-02T11:27:00+01:00', '20240509', '20240503 14:27:00', '20240504 19:27:00', 0, 'GBP', N'Customer''s own wrapping', '20240504 20:21:00'),
    (5093, 100093, 1022, 26, 80, NULL, NULL, 'WEB', 'DELIVERED', '2024-05-10T10:47:00+01:00', '20240517', '20240511 12:47:00', '20240517 16:47:00', 0, 'GBP', NULL, '20240517 17:27:00'),
    (5094, 100094, 1020, NULL, 50, 11, NULL, 'SHOP', 'Delivered', '2024-05-10T19:21:00+01:00', NULL, '20240510 19:21:00', '20240510 19:21:00', 0, 'GBP', NULL, '20240510 20:38:00'),
    (5095, 100095, 1033, 39, 80, NULL, NULL, 'WEB', 'Delivered', '2024-05-17T14:49:00+01:00', '20240527', '20240518 17:49:00', '20240520 21:49:00', 0, 'GBP', NULL, '20240520 21:56:00'),
    (5096, 100096, 1072, NULL, 60, 25, NULL, 'SHOP', 'Delivered', '2024-05-21T17:33:00+01:00', NULL, '20240521 17:33:00', '20240521 17:33:00', 0, 'GBP', N'Leave with neighbour at no. 12', '20240521 18:22:00'),
    (5097, 100097, 1053, 62, 80, NULL, NULL, 'web', 'DELIVERED', '2024-05-27T12:23:00+01:00', '20240603', '20240528 14:23:00', '20240530 19:23:00', 0, 'GBP', NULL, '20240530 20:29:00'),
    (5098, 100098, 1024, 29, 80, 34, NULL, 'PHONE', 'Delivered', '2024-06-06T17:03:00+01:00', NULL, '20240611 20:03:00', '20240614 04:03:00', 0, 'GBP', NULL, '20240614 04:32:00'),
    (5099, 100099, 1000, 2, 80, NULL, NULL, 'web', 'Delivered', '2024-06-07T20:33:00+01:00', '20240617', '20240609 00:33:00', '20240610 02:33:00', 0, 'GBP', NULL, '20240610 02:50:00'),
    (5100, 100100, 1018, NULL, 60, 14, NULL, 'SHOP', 'Delivered', '2024-06-10T19:13:00+01:00', NULL, '20240610 19:13:00', '20240610 19:13:00', 0, 'GBP', NULL, '20240610 19:29:00');
GO
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5101, 100101, 1063, 75, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-06-17T18:15:00+01:00' AS DateTimeOffset), CAST(N'2024-06-27' AS Date), CAST(N'2024-06-22T20:15:00.000' AS DateTime), CAST(N'2024-06-29T00:15:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-06-29T01:10:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5102, 100102, 1009, 12, 80, 34, NULL, N'PHONE', N'Delivered', CAST(N'2024-06-24T12:00:00+02:00' AS DateTimeOffset), CAST(N'2024-07-04' AS Date), CAST(N'2024-06-27T14:00:00.000' AS DateTime), CAST(N'2024-06-30T15:00:00.000' AS DateTime), 0.0000, 'GBP', N'  ', CAST(N'2024-06-30T15:45:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5103, 100103, 1021, NULL, 20, 8, NULL, N'SHOP', N'Delivered', CAST(N'2024-06-26T15:17:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-06-26T15:17:00.000' AS DateTime), CAST(N'2024-06-26T15:17:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-06-26T16:46:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5104, 100104, 1077, 96, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-06-30T10:08:00+01:00' AS DateTimeOffset), CAST(N'2024-07-05' AS Date), CAST(N'2024-07-01T13:08:00.000' AS DateTime), CAST(N'2024-07-07T19:08:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-07-07T19:58:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5105, 100105, 1068, NULL, 30, 9, NULL, N'SHOP', N'Delivered', CAST(N'2024-07-02T19:25:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-07-02T19:25:00.000' AS DateTime), CAST(N'2024-07-02T19:25:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-07-02T19:32:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5106, 100106, 1034, 40, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-07-06T15:14:00+01:00' AS DateTimeOffset), CAST(N'2024-07-16' AS Date), CAST(N'2024-07-09T16:14:00.000' AS DateTime), CAST(N'2024-07-10T22:14:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-07-10T23:01:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5107, 100107, 1060, NULL, 40, 10, NULL, N'SHOP', N'Delivered', CAST(N'2024-07-12T19:57:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-07-12T19:57:00.000' AS DateTime), CAST(N'2024-07-12T19:57:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-07-12T20:44:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5108, 100108, 1028, NULL, 10, NULL, NULL, N'SHOP', N'Delivered', CAST(N'2024-07-24T10:30:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-07-24T10:30:00.000' AS DateTime), CAST(N'2024-07-24T10:30:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-07-24T11:06:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5109, 100109, 1077, 96, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-07-27T11:24:00+01:00' AS DateTimeOffset), CAST(N'2024-08-06' AS Date), CAST(N'2024-07-30T12:24:00.000' AS DateTime), CAST(N'2024-07-31T15:24:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-07-31T15:49:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5110, 100110, 1028, NULL, 50, 23, NULL, N'SHOP', N'Delivered', CAST(N'2024-07-30T16:31:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-07-30T16:31:00.000' AS DateTime), CAST(N'2024-07-30T16:31:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-07-30T17:44:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5111, 100111, 1061, 73, 80, NULL, NULL, N'web', N'Delivered', CAST(N'2024-08-04T14:53:00+01:00' AS DateTimeOffset), CAST(N'2024-08-09' AS Date), CAST(N'2024-08-07T17:53:00.000' AS DateTime), CAST(N'2024-08-11T00:53:00.000' AS DateTime), 4.9500, 'GBP', NULL, CAST(N'2024-08-11T01:22:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5112, 100112, 1031, NULL, 30, NULL, NULL, N'SHOP', N'Delivered', CAST(N'2024-08-05T11:25:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-08-05T11:25:00.000' AS DateTime), CAST(N'2024-08-05T11:25:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-05T12:51:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5113, 100113, 1024, 29, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-08-08T13:53:00+01:00' AS DateTimeOffset), CAST(N'2024-08-18' AS Date), CAST(N'2024-08-09T15:53:00.000' AS DateTime), CAST(N'2024-08-11T16:53:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-11T18:11:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5114, 100114, 1048, NULL, 30, 19, NULL, N'SHOP', N'Cancelled', CAST(N'2024-08-12T10:32:00+01:00' AS DateTimeOffset), NULL, NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2024-08-12T12:00:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5115, 100115, 1009, NULL, 60, 25, NULL, N'SHOP', N'Cancelled', CAST(N'2024-08-13T12:05:00+01:00' AS DateTimeOffset), NULL, NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2024-08-13T13:20:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5116, 100116, 1048, NULL, 50, 11, NULL, N'SHOP', N'Delivered', CAST(N'2024-08-13T12:17:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-08-13T12:17:00.000' AS DateTime), CAST(N'2024-08-13T12:17:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-13T13:21:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5117, 100117, 1009, NULL, 60, NULL, NULL, N'SHOP', N'Delivered', CAST(N'2024-08-16T13:50:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-08-16T13:50:00.000' AS DateTime), CAST(N'2024-08-16T13:50:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-16T15:06:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5118, 100118, 1045, 50, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-08-20T13:08:00+02:00' AS DateTimeOffset), NULL, CAST(N'2024-08-23T16:08:00.000' AS DateTime), CAST(N'2024-08-25T22:08:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-25T22:53:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5119, 100119, 1061, 73, 80, 34, 4, N'PHONE', N'Delivered', CAST(N'2024-08-21T11:38:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-08-23T14:38:00.000' AS DateTime), CAST(N'2024-08-26T19:38:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-26T20:08:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5120, 100120, 1036, 42, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-08-21T20:13:00+01:00' AS DateTimeOffset), CAST(N'2024-08-28' AS Date), CAST(N'2024-08-23T00:13:00.000' AS DateTime), CAST(N'2024-08-29T07:13:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-29T08:01:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5121, 100121, 1016, NULL, 10, 16, 4, N'SHOP', N'Delivered', CAST(N'2024-08-25T18:00:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-08-25T18:00:00.000' AS DateTime), CAST(N'2024-08-25T18:00:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-25T18:46:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5122, 100122, 1054, 63, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-08-26T17:16:00+01:00' AS DateTimeOffset), CAST(N'2024-09-05' AS Date), CAST(N'2024-08-27T18:16:00.000' AS DateTime), CAST(N'2024-08-29T22:16:00.000' AS DateTime), 4.9500, 'GBP', NULL, CAST(N'2024-08-29T22:54:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5123, 100123, 1000, 1, 80, NULL, 4, N'WEB', N'Delivered', CAST(N'2024-08-28T17:29:00+01:00' AS DateTimeOffset), CAST(N'2024-09-02' AS Date), CAST(N'2024-09-02T21:29:00.000' AS DateTime), CAST(N'2024-09-06T01:29:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-09-06T01:57:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5124, 100124, 1080, 100, 80, NULL, 4, N'WEB', N'Delivered', CAST(N'2024-08-29T20:39:00+01:00' AS DateTimeOffset), CAST(N'2024-09-08' AS Date), CAST(N'2024-08-31T23:39:00.000' AS DateTime), CAST(N'2024-09-02T00:39:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-09-02T01:01:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5125, 100125, 1082, NULL, 10, 7, 4, N'SHOP', N'Delivered', CAST(N'2024-08-31T17:01:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-08-31T17:01:00.000' AS DateTime), CAST(N'2024-08-31T17:01:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-08-31T18:28:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5126, 100126, 1008, 11, 80, NULL, 4, N'WEB', N'Delivered', CAST(N'2024-08-31T23:55:00+02:00' AS DateTimeOffset), NULL, CAST(N'2024-09-02T02:55:00.000' AS DateTime), CAST(N'2024-09-08T04:55:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-09-08T04:56:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5127, 100127, 1005, 7, 80, 34, NULL, N'PHONE', N'Delivered', CAST(N'2024-09-10T09:38:00+01:00' AS DateTimeOffset), CAST(N'2024-09-15' AS Date), CAST(N'2024-09-11T13:38:00.000' AS DateTime), CAST(N'2024-09-13T18:38:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-09-13T19:49:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5128, 100128, 1019, 23, 80, 34, NULL, N'PHONE', N'Delivered', CAST(N'2024-09-14T10:45:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-09-15T12:45:00.000' AS DateTime), CAST(N'2024-09-18T18:45:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-09-18T20:07:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5129, 100129, 1063, 75, 80, NULL, NULL, N'web', N'Delivered', CAST(N'2024-09-17T13:45:00+01:00' AS DateTimeOffset), CAST(N'2024-09-22' AS Date), CAST(N'2024-09-20T16:45:00.000' AS DateTime), CAST(N'2024-09-24T00:45:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-09-24T01:51:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5130, 100130, 1040, NULL, 50, 24, NULL, N'SHOP', N'Cancelled', CAST(N'2024-09-17T16:21:00+01:00' AS DateTimeOffset), NULL, NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2024-09-17T16:45:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5131, 100131, 1064, NULL, 60, 25, 6, N'SHOP', N'Delivered', CAST(N'2024-09-19T17:56:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-09-19T17:56:00.000' AS DateTime), CAST(N'2024-09-19T17:56:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-09-19T18:12:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5132, 100132, 1026, 32, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-09-26T11:13:00+02:00' AS DateTimeOffset), CAST(N'2024-10-03' AS Date), CAST(N'2024-10-01T12:13:00.000' AS DateTime), CAST(N'2024-10-07T16:13:00.000' AS DateTime), 0.0000, 'GBP', N'  ', CAST(N'2024-10-07T17:26:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5133, 100133, 1027, NULL, 30, 19, NULL, N'SHOP', N'Delivered', CAST(N'2024-10-07T10:19:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-10-07T10:19:00.000' AS DateTime), CAST(N'2024-10-07T10:19:00.000' AS DateTime), 0.0000, 'GBP', N'Leave with neighbour at no. 12', CAST(N'2024-10-07T10:53:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5134, 100134, 1014, NULL, 30, 9, NULL, N'SHOP', N'Delivered', CAST(N'2024-10-07T15:40:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-10-07T15:40:00.000' AS DateTime), CAST(N'2024-10-07T15:40:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-10-07T15:59:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5135, 100135, 1040, NULL, 10, 16, NULL, N'SHOP', N'DELIVERED', CAST(N'2024-10-15T18:25:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-10-15T18:25:00.000' AS DateTime), CAST(N'2024-10-15T18:25:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-10-15T18:42:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5136, 100136, 1056, 67, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-10-23T19:12:00+01:00' AS DateTimeOffset), CAST(N'2024-11-02' AS Date), CAST(N'2024-10-24T22:12:00.000' AS DateTime), CAST(N'2024-10-31T00:12:00.000' AS DateTime), 0.0000, 'GBP', N'Ring twice', CAST(N'2024-10-31T00:17:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5137, 100137, 1000, NULL, 20, 8, NULL, N'SHOP', N'Delivered', CAST(N'2024-10-24T15:26:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-10-24T15:26:00.000' AS DateTime), CAST(N'2024-10-24T15:26:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-10-24T15:51:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5138, 100138, 1036, NULL, 60, 14, NULL, N'SHOP', N'Delivered', CAST(N'2024-10-31T17:19:00+00:00' AS DateTimeOffset), NULL, CAST(N'2024-10-31T17:19:00.000' AS DateTime), CAST(N'2024-10-31T17:19:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-10-31T18:33:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5139, 100139, 1028, NULL, 60, 25, NULL, N'SHOP', N'Delivered', CAST(N'2024-11-01T19:37:00+00:00' AS DateTimeOffset), NULL, CAST(N'2024-11-01T19:37:00.000' AS DateTime), CAST(N'2024-11-01T19:37:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-11-01T20:47:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5140, 100140, 1044, 49, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-11-02T17:13:00+01:00' AS DateTimeOffset), CAST(N'2024-11-05' AS Date), CAST(N'2024-11-03T18:13:00.000' AS DateTime), CAST(N'2024-11-06T23:13:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-11-06T23:47:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5141, 100141, 1013, 16, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-11-10T15:15:00+00:00' AS DateTimeOffset), NULL, CAST(N'2024-11-15T19:15:00.000' AS DateTime), CAST(N'2024-11-21T22:15:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-11-21T22:55:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5142, 100142, 1064, NULL, 60, NULL, 5, N'SHOP', N'Cancelled', CAST(N'2024-11-19T10:16:00+00:00' AS DateTimeOffset), NULL, NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2024-11-19T11:36:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5143, 100143, 1027, 33, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-11-20T15:37:00+01:00' AS DateTimeOffset), NULL, CAST(N'2024-11-25T19:37:00.000' AS DateTime), CAST(N'2024-12-02T01:37:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-12-02T02:29:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5144, 100144, 1027, 33, 80, 34, 5, N'PHONE', N'Delivered', CAST(N'2024-11-28T16:43:00+01:00' AS DateTimeOffset), CAST(N'2024-12-01' AS Date), CAST(N'2024-11-29T17:43:00.000' AS DateTime), CAST(N'2024-12-02T23:43:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-12-03T01:08:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5145, 100145, 1004, NULL, 30, 20, NULL, N'SHOP', N'Cancelled', CAST(N'2024-12-05T11:13:00+00:00' AS DateTimeOffset), NULL, NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2024-12-05T11:22:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5146, 100146, 1047, 53, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-12-08T16:26:00+00:00' AS DateTimeOffset), CAST(N'2024-12-13' AS Date), CAST(N'2024-12-11T19:26:00.000' AS DateTime), CAST(N'2024-12-17T20:26:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-12-17T20:58:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5147, 100147, 1009, 12, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-12-15T18:38:00+01:00' AS DateTimeOffset), CAST(N'2024-12-25' AS Date), CAST(N'2024-12-16T19:38:00.000' AS DateTime), CAST(N'2024-12-22T21:38:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-12-22T21:55:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5148, 100148, 1000, 2, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-12-20T18:00:00+00:00' AS DateTimeOffset), CAST(N'2024-12-25' AS Date), CAST(N'2024-12-20T19:00:00.000' AS DateTime), CAST(N'2024-12-23T01:00:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-12-23T01:25:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5149, 100149, 1063, NULL, 10, 7, NULL, N'SHOP', N'Delivered', CAST(N'2024-12-22T14:20:00+00:00' AS DateTimeOffset), NULL, CAST(N'2024-12-22T14:20:00.000' AS DateTime), CAST(N'2024-12-22T14:20:00.000' AS DateTime), 0.0000, 'GBP', N'gift – no invoice in the box', CAST(N'2024-12-22T15:38:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5150, 100150, 1033, 39, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-12-25T14:26:00+00:00' AS DateTimeOffset), CAST(N'2024-12-28' AS Date), CAST(N'2024-12-30T15:26:00.000' AS DateTime), CAST(N'2024-12-31T23:26:00.000' AS DateTime), 4.9500, 'GBP', NULL, CAST(N'2025-01-01T00:48:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5151, 100151, 1072, 88, 80, NULL, NULL, N'WEB', N'Delivered', CAST(N'2024-12-28T12:49:00+00:00' AS DateTimeOffset), CAST(N'2025-01-02' AS Date), CAST(N'2025-01-02T15:49:00.000' AS DateTime), CAST(N'2025-01-03T21:49:00.000' AS DateTime), 0.0000, 'GBP', N'Ring twice', CAST(N'2025-01-03T22:36:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5152, 100152, 1045, NULL, 30, 19, NULL, N'SHOP', N'Delivered', CAST(N'2024-12-29T18:26:00+00:00' AS DateTimeOffset), NULL, CAST(N'2024-12-29T18:26:00.000' AS DateTime), CAST(N'2024-12-29T18:26:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2024-12-29T19:50:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5153, 100153, 1018, NULL, 40, 21, NULL, N'SHOP', N'Delivered', CAST(N'2025-01-06T09:51:00+00:00' AS DateTimeOffset), NULL, CAST(N'2025-01-06T09:51:00.000' AS DateTime), CAST(N'2025-01-06T09:51:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2025-01-06T10:19:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5154, 100154, 1021, NULL, 40, 21, NULL, N'SHOP', N'Delivered', CAST(N'2025-01-11T11:16:00+00:00' AS DateTimeOffset), NULL, CAST(N'2025-01-11T11:16:00.000' AS DateTime), CAST(N'2025-01-11T11:16:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2025-01-11T12:07:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5155, 100155, 1072, NULL, 40, 10, NULL, N'shop', N'Delivered', CAST(N'2025-01-14T12:38:00+00:00' AS DateTimeOffset), NULL, CAST(N'2025-01-14T12:38:00.000' AS DateTime), CAST(N'2025-01-14T12:38:00.000' AS DateTime), 0.0000, 'GBP', NULL, CAST(N'2025-01-14T14:03:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5156, 100156, 1020, 24, 80, NULL, NULL, N'WEB', N'Picked', CAST(N'2025-01-15T13:46:00+00:00' AS DateTimeOffset), CAST(N'2025-01-18' AS Date), NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2025-01-15T14:43:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5157, 100157, 1036, 42, 80, NULL, NULL, N'WEB', N'New', CAST(N'2025-01-17T10:12:00+00:00' AS DateTimeOffset), NULL, NULL, NULL, 4.9500, 'GBP', N'Customer''s own wrapping', CAST(N'2025-01-17T10:49:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5158, 100158, 1003, 5, 80, NULL, NULL, N'WEB', N'New', CAST(N'2025-01-18T20:41:00+01:00' AS DateTimeOffset), CAST(N'2025-01-21' AS Date), NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2025-01-18T21:44:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5159, 100159, 1070, 85, 80, NULL, NULL, N'WEB', N'New', CAST(N'2025-01-19T09:03:00+00:00' AS DateTimeOffset), CAST(N'2025-01-24' AS Date), NULL, NULL, 4.9500, 'GBP', NULL, CAST(N'2025-01-19T10:06:00.000' AS DateTime))
INSERT [Sales].[SalesOrder] ([SalesOrderID], [OrderNumber], [CustomerID], [ShipToAddressID], [LocationID], [SalespersonID], [PromotionID], [Channel], [Status], [PlacedAt], [RequiredDate], [ShippedDate], [DeliveredDate], [ShippingFee], [CurrencyCode], [Comments], [LastModified]) VALUES (5160, 100160, 1044, 49, 80, NULL, NULL, N'web', N'New', CAST(N'2025-01-19T22:30:00+01:00' AS DateTimeOffset), NULL, NULL, NULL, 0.0000, 'GBP', NULL, CAST(N'2025-01-19T23:56:00.000' AS DateTime))
SET IDENTITY_INSERT Sales.SalesOrder OFF
GO
ALTER SEQUENCE Sales.OrderNumberSequence RESTART WITH 100161;
GO
INSERT INTO Sales.SalesOrderLine (SalesOrderID, LineNumber, ProductID, Quantity, UnitPrice, DiscountPct, GiftMessage)
VALUES
    (5001, 1, 40, 1, 185.00, 0, NULL),
    (5001, 2, 59, 2, 13.30, 0, NULL),
    (5001, 3, 11, 2, 11.40, 0, NULL),
    (5002, 1, 6, 1, 98.00, 0, NULL),
    (5002, 2, 31, 2, 84.00, 0, NULL),
    (5003, 1, 43, 1, 34.00, 0, NULL),
    (5003, 2, 14, 1, 22.80, 0, NULL),
    (5003, 3, 2, 1, 151.05, 0, NULL),
    (5004, 1, 38, 2, 74.00, 0, NULL),
    (5004, 2, 16, 4, 9.03, 0, N'Happy birthday, Mum! Love from all of us'),
    (5005, 1, 78, 6, 50.00, 0, NULL),
    (5006, 1, 27, 4, 54.00, 0, NULL),
    (5007, 1, 64, 2, 15.50, 0, NULL),
    (5007, 2, 33, 1, 26.00, 0, NULL),
    (5008, 1, 19, 6, 43.70, 0, NULL),
    (5008, 2, 57, 2, 29.00, 0, NULL),
    (5009, 1, 71, 6, 58.00, 0, NULL),
    (5010, 1, 11, 1, 12.00, 0, NULL),
    (5010, 2, 39, 6, 112.00, 0, NULL),
    (5010, 3, 69, 1, 44.00, 0, NULL),
    (5010, 4, 52, 4, 145.00, 0, NULL),
    (5010, 5, 9, 2, 84.00, 0, NULL),
    (5011, 1, 27, 3, 54.00, 0, NULL),
    (5011, 2, 49, 1, 175.00, 0, NULL),
    (5011, 3, 1, 6, 129.00, 0, NULL),
    (5011, 4, 33, 6, 24.70, 0, NULL),
    (5012, 1, 39, 3, 112.00, 15.00, NULL),
    (5012, 2, 66, 6, 52.00, 15.00, NULL),
    (5012, 3, 50, 1, 98.00, 15.00, NULL),
    (5012, 4, 71, 1, 58.00, 15.00, NULL),
    (5012, 5, 25, 2, 17.00, 15.00, NULL),
    (5013, 1, 75, 2, 22.00, 0, N'生日快乐'),
    (5013, 2, 5, 1, 42.00, 0, NULL),
    (5013, 3, 27, 2, 51.30, 0, NULL),
    (5013, 4, 54, 6, 64.60, 0, NULL),
    (5013, 5, 62, 1, 10.45, 0, NULL),
    (5014, 1, 70, 6, 36.00, 0, NULL),
    (5015, 1, 61, 1, 44.00, 0, NULL),
    (5015, 2, 57, 1, 27.55, 0, N'生日快乐'),
    (5016, 1, 1, 6, 122.55, 0, NULL),
    (5017, 1, 75, 1, 22.00, 0, NULL),
    (5017, 2, 68, 2, 19.50, 0, N'To new beginnings'),
    (5017, 3, 50, 1, 93.10, 0, NULL),
    (5018, 1, 34, 4, 31.00, 0, NULL),
    (5019, 1, 52, 1, 145.00, 10.00, NULL),
    (5019, 2, 54, 3, 68.00, 10.00, NULL),
    (5019, 3, 33, 2, 26.00, 10.00, N'Joyeux anniversaire, chérie ♥'),
    (5020, 1, 13, 1, 68.40, 0, NULL),
    (5020, 2, 61, 4, 44.00, 0, NULL),
    (5020, 3, 71, 1, 55.10, 0, N'To new beginnings'),
    (5020, 4, 67, 1, 22.00, 0, NULL),
    (5021, 1, 76, 4, 16.00, 0, NULL),
    (5021, 2, 42, 3, 68.00, 0, NULL),
    (5021, 3, 16, 1, 9.50, 0, NULL),
    (5022, 1, 6, 2, 93.10, 0, NULL),
    (5023, 1, 56, 6, 135.00, 0, NULL),
    (5023, 2, 37, 6, 84.55, 0, NULL),
    (5023, 3, 11, 1, 12.00, 0, NULL),
    (5024, 1, 1, 2, 129.00, 0, NULL),
    (5025, 1, 14, 1, 22.80, 0, NULL),
    (5025, 2, 41, 6, 39.00, 0, NULL),
    (5025, 3, 31, 3, 84.00, 0, NULL),
    (5025, 4, 69, 1, 41.80, 0, NULL),
    (5026, 1, 68, 1, 18.53, 0, NULL),
    (5026, 2, 40, 1, 185.00, 0, NULL),
    (5026, 3, 19, 6, 43.70, 0, NULL),
    (5026, 4, 13, 2, 72.00, 0, NULL),
    (5026, 5, 14, 1, 22.80, 0, NULL),
    (5027, 1, 66, 4, 52.00, 0, NULL),
    (5028, 1, 56, 2, 135.00, 0, NULL),
    (5028, 2, 27, 2, 54.00, 0, NULL),
    (5029, 1, 33, 6, 24.70, 0, NULL),
    (5029, 2, 57, 1, 29.00, 0, NULL),
    (5029, 3, 73, 3, 48.00, 0, NULL),
    (5030, 1, 27, 3, 54.00, 0, NULL),
    (5031, 1, 26, 6, 12.50, 0, NULL),
    (5032, 1, 78, 1, 50.00, 0, NULL),
    (5033, 1, 74, 3, 22.00, 0, NULL),
    (5034, 1, 3, 4, 64.50, 10.00, NULL),
    (5034, 2, 56, 1, 135.00, 10.00, NULL),
    (5034, 3, 2, 1, 159.00, 10.00, NULL),
    (5035, 1, 66, 2, 49.40, 5.00, NULL),
    (5035, 2, 72, 1, 72.00, 5.00, NULL),
    (5035, 3, 3, 2, 64.50, 5.00, NULL),
    (5035, 4, 75, 3, 20.90, 5.00, NULL),
    (5036, 1, 66, 4, 52.00, 0, NULL),
    (5036, 2, 42, 2, 64.60, 0, NULL),
    (5037, 1, 54, 2, 68.00, 0, NULL),
    (5037, 2, 70, 2, 36.00, 0, NULL),
    (5038, 1, 13, 4, 72.00, 0, NULL),
    (5039, 1, 79, 1, 5.50, 0, NULL),
    (5039, 2, 38, 1, 74.00, 0, NULL),
    (5039, 3, 48, 1, 240.00, 0, NULL),
    (5039, 4, 71, 2, 55.10, 0, NULL),
    (5040, 1, 27, 6, 51.30, 0, N'生日快乐'),
    (5040, 2, 50, 4, 98.00, 0, NULL),
    (5040, 3, 40, 1, 185.00, 0, NULL),
    (5041, 1, 31, 3, 79.80, 0, NULL),
    (5041, 2, 50, 1, 98.00, 0, NULL),
    (5042, 1, 60, 1, 32.00, 0, NULL);
INSERT INTO Sales.SalesOrderLine (SalesOrderID, LineNumber, ProductID, Quantity, UnitPrice, DiscountPct, GiftMessage)
VALUES
    (5042, 2, 54, 2, 68.00, 0, NULL),
    (5043, 1, 39, 3, 112.00, 5.00, NULL),
    (5043, 2, 18, 1, 11.25, 5.00, NULL),
    (5043, 3, 3, 1, 64.50, 5.00, NULL),
    (5044, 1, 6, 2, 98.00, 0, NULL),
    (5045, 1, 75, 1, 22.00, 0, NULL),
    (5045, 2, 71, 6, 58.00, 0, NULL),
    (5046, 1, 13, 6, 72.00, 0, NULL),
    (5046, 2, 37, 3, 89.00, 0, NULL),
    (5046, 3, 32, 4, 45.00, 0, NULL),
    (5046, 4, 5, 6, 42.00, 0, NULL),
    (5047, 1, 9, 1, 84.00, 20.00, NULL),
    (5048, 1, 20, 4, 34.00, 0, NULL),
    (5048, 2, 50, 1, 98.00, 0, NULL),
    (5048, 3, 66, 4, 49.40, 0, N'To new beginnings'),
    (5048, 4, 11, 6, 12.00, 0, NULL),
    (5048, 5, 69, 3, 44.00, 0, NULL),
    (5049, 1, 3, 4, 64.50, 0, NULL),
    (5049, 2, 22, 1, 16.50, 0, NULL),
    (5050, 1, 52, 2, 145.00, 0, NULL),
    (5050, 2, 72, 1, 68.40, 0, NULL),
    (5050, 3, 9, 6, 84.00, 0, NULL),
    (5051, 1, 57, 1, 29.00, 0, NULL),
    (5052, 1, 5, 2, 42.00, 0, NULL),
    (5052, 2, 59, 2, 14.00, 0, NULL),
    (5053, 1, 71, 1, 55.10, 5.00, NULL),
    (5054, 1, 40, 1, 185.00, 0, NULL),
    (5054, 2, 42, 2, 68.00, 0, NULL),
    (5055, 1, 5, 4, 42.00, 10.00, NULL),
    (5055, 2, 13, 1, 72.00, 10.00, NULL),
    (5055, 3, 34, 2, 29.45, 10.00, NULL),
    (5055, 4, 71, 2, 58.00, 10.00, NULL),
    (5056, 1, 29, 2, 113.05, 0, NULL),
    (5056, 2, 71, 3, 58.00, 0, NULL),
    (5057, 1, 5, 2, 39.90, 0, NULL),
    (5057, 2, 37, 1, 89.00, 0, NULL),
    (5058, 1, 54, 1, 64.60, 0, NULL),
    (5058, 2, 64, 2, 14.73, 0, NULL),
    (5058, 3, 43, 2, 34.00, 0, NULL),
    (5058, 4, 56, 1, 135.00, 0, NULL),
    (5059, 1, 72, 6, 72.00, 0, NULL),
    (5059, 2, 77, 1, 14.00, 0, NULL),
    (5060, 1, 19, 2, 46.00, 0, NULL),
    (5061, 1, 16, 3, 9.50, 0, NULL),
    (5062, 1, 16, 1, 9.50, 0, NULL),
    (5063, 1, 6, 6, 93.10, 0, NULL),
    (5063, 2, 21, 2, 29.00, 0, NULL),
    (5064, 1, 75, 4, 22.00, 0, NULL),
    (5065, 1, 27, 1, 54.00, 0, NULL),
    (5066, 1, 42, 3, 68.00, 0, NULL),
    (5067, 1, 27, 1, 54.00, 0, NULL),
    (5067, 2, 49, 1, 175.00, 0, NULL),
    (5068, 1, 48, 1, 228.00, 0, NULL),
    (5068, 2, 39, 1, 112.00, 0, NULL),
    (5068, 3, 64, 1, 15.50, 0, NULL),
    (5068, 4, 42, 2, 64.60, 0, NULL),
    (5069, 1, 37, 1, 84.55, 0, NULL),
    (5069, 2, 31, 1, 84.00, 0, N'生日快乐'),
    (5069, 3, 46, 1, 42.00, 0, NULL),
    (5070, 1, 73, 4, 48.00, 0, NULL),
    (5070, 2, 56, 2, 128.25, 0, NULL),
    (5070, 3, 50, 1, 98.00, 0, NULL),
    (5071, 1, 6, 4, 98.00, 0, NULL),
    (5071, 2, 56, 1, 135.00, 0, NULL),
    (5071, 3, 54, 1, 68.00, 0, NULL),
    (5071, 4, 75, 2, 20.90, 0, NULL),
    (5072, 1, 49, 1, 175.00, 0, NULL),
    (5072, 2, 67, 2, 22.00, 0, NULL),
    (5072, 3, 46, 1, 42.00, 0, NULL),
    (5072, 4, 78, 1, 50.00, 0, NULL),
    (5073, 1, 33, 1, 26.00, 0, NULL),
    (5073, 2, 37, 1, 84.55, 0, NULL),
    (5073, 3, 1, 1, 129.00, 0, N'It''s not much, but it''s cast iron'),
    (5074, 1, 2, 1, 159.00, 0, NULL),
    (5074, 2, 25, 3, 17.00, 0, N'It''s not much, but it''s cast iron'),
    (5075, 1, 9, 2, 79.80, 10.00, NULL),
    (5075, 2, 34, 1, 31.00, 10.00, NULL),
    (5076, 1, 75, 6, 20.90, 10.00, NULL),
    (5077, 1, 40, 1, 185.00, 10.00, NULL),
    (5077, 2, 61, 1, 41.80, 10.00, NULL),
    (5077, 3, 69, 1, 41.80, 10.00, NULL),
    (5078, 1, 9, 4, 84.00, 10.00, NULL),
    (5078, 2, 74, 6, 22.00, 10.00, NULL),
    (5079, 1, 44, 1, 46.00, 0, NULL),
    (5079, 2, 19, 4, 46.00, 0, NULL),
    (5080, 1, 37, 2, 89.00, 0, NULL),
    (5080, 2, 78, 4, 50.00, 0, N'To new beginnings'),
    (5080, 3, 71, 1, 55.10, 0, NULL),
    (5080, 4, 69, 2, 44.00, 0, NULL),
    (5080, 5, 64, 1, 15.50, 0, NULL),
    (5081, 1, 49, 1, 175.00, 0, NULL),
    (5081, 2, 78, 2, 50.00, 0, NULL),
    (5081, 3, 46, 6, 42.00, 0, NULL),
    (5082, 1, 56, 2, 135.00, 0, NULL),
    (5082, 2, 66, 6, 52.00, 0, NULL),
    (5082, 3, 1, 1, 129.00, 0, NULL),
    (5083, 1, 56, 1, 135.00, 0, NULL),
    (5083, 2, 31, 1, 84.00, 0, NULL),
    (5083, 3, 79, 1, 5.50, 0, NULL),
    (5084, 1, 22, 1, 15.68, 0, NULL);
INSERT INTO Sales.SalesOrderLine (SalesOrderID, LineNumber, ProductID, Quantity, UnitPrice, DiscountPct, GiftMessage)
VALUES
    (5084, 2, 50, 6, 98.00, 0, NULL),
    (5085, 1, 71, 1, 58.00, 0, N'Happy birthday, Mum! Love from all of us'),
    (5085, 2, 34, 6, 31.00, 0, NULL),
    (5086, 1, 66, 3, 52.00, 0, NULL),
    (5086, 2, 30, 4, 26.60, 0, N'Joyeux anniversaire, chérie ♥'),
    (5086, 3, 59, 1, 13.30, 0, NULL),
    (5087, 1, 77, 3, 14.00, 0, NULL),
    (5087, 2, 40, 1, 185.00, 0, NULL),
    (5087, 3, 71, 1, 58.00, 0, NULL),
    (5087, 4, 68, 1, 18.53, 0, NULL),
    (5087, 5, 44, 2, 46.00, 0, NULL),
    (5088, 1, 36, 1, 22.80, 0, NULL),
    (5089, 1, 38, 4, 74.00, 0, NULL),
    (5090, 1, 25, 4, 17.00, 0, NULL),
    (5090, 2, 6, 4, 98.00, 0, NULL),
    (5091, 1, 10, 1, 32.50, 0, NULL),
    (5091, 2, 6, 4, 98.00, 0, NULL),
    (5092, 1, 37, 6, 84.55, 0, NULL),
    (5093, 1, 54, 4, 68.00, 0, NULL),
    (5093, 2, 6, 4, 98.00, 0, NULL),
    (5093, 3, 68, 1, 18.53, 0, NULL),
    (5094, 1, 69, 6, 41.80, 0, NULL),
    (5095, 1, 75, 6, 22.00, 0, NULL),
    (5095, 2, 33, 4, 26.00, 0, NULL),
    (5096, 1, 40, 1, 185.00, 0, NULL),
    (5097, 1, 72, 2, 68.40, 10.00, NULL),
    (5097, 2, 6, 1, 98.00, 10.00, NULL),
    (5097, 3, 67, 1, 22.00, 10.00, NULL),
    (5098, 1, 1, 6, 129.00, 0, NULL),
    (5098, 2, 67, 2, 22.00, 0, NULL),
    (5099, 1, 6, 2, 98.00, 0, NULL),
    (5099, 2, 73, 1, 48.00, 0, NULL),
    (5100, 1, 69, 3, 44.00, 0, NULL),
    (5101, 1, 72, 4, 72.00, 0, NULL),
    (5101, 2, 9, 3, 84.00, 0, NULL),
    (5102, 1, 6, 3, 98.00, 0, NULL),
    (5102, 2, 8, 1, 189.00, 0, NULL),
    (5103, 1, 43, 4, 34.00, 0, NULL),
    (5103, 2, 35, 1, 36.50, 0, N'Happy birthday, Mum! Love from all of us'),
    (5103, 3, 57, 6, 29.00, 0, NULL),
    (5103, 4, 52, 1, 145.00, 0, NULL),
    (5104, 1, 19, 1, 46.00, 10.00, NULL),
    (5104, 2, 27, 2, 54.00, 10.00, NULL),
    (5105, 1, 68, 2, 19.50, 0, NULL),
    (5105, 2, 75, 1, 20.90, 0, NULL),
    (5105, 3, 22, 1, 16.50, 0, NULL),
    (5106, 1, 19, 3, 46.00, 0, NULL),
    (5106, 2, 52, 6, 145.00, 0, NULL),
    (5107, 1, 1, 3, 129.00, 0, NULL),
    (5108, 1, 72, 4, 72.00, 0, NULL),
    (5108, 2, 6, 1, 98.00, 0, NULL),
    (5108, 3, 76, 6, 16.00, 0, NULL),
    (5108, 4, 64, 1, 15.50, 0, NULL),
    (5109, 1, 50, 2, 98.00, 10.00, NULL),
    (5110, 1, 70, 2, 36.00, 0, NULL),
    (5110, 2, 59, 3, 14.00, 0, NULL),
    (5111, 1, 59, 1, 14.00, 0, NULL),
    (5111, 2, 44, 1, 43.70, 0, NULL),
    (5112, 1, 15, 1, 36.10, 0, NULL),
    (5112, 2, 75, 1, 22.00, 0, NULL),
    (5112, 3, 40, 1, 185.00, 0, NULL),
    (5112, 4, 6, 2, 93.10, 0, NULL),
    (5112, 5, 72, 1, 72.00, 0, NULL),
    (5113, 1, 19, 6, 46.00, 0, NULL),
    (5113, 2, 27, 2, 54.00, 0, NULL),
    (5113, 3, 22, 1, 16.50, 0, N'Happy birthday, Mum! Love from all of us'),
    (5113, 4, 68, 1, 19.50, 0, NULL),
    (5114, 1, 65, 1, 32.30, 0, NULL),
    (5115, 1, 13, 1, 72.00, 0, NULL),
    (5115, 2, 75, 6, 20.90, 0, NULL),
    (5116, 1, 27, 1, 51.30, 0, NULL),
    (5116, 2, 19, 1, 46.00, 0, NULL),
    (5116, 3, 64, 1, 15.50, 0, NULL),
    (5116, 4, 75, 1, 22.00, 0, NULL),
    (5117, 1, 38, 1, 74.00, 0, NULL),
    (5117, 2, 49, 1, 175.00, 0, NULL),
    (5117, 3, 55, 1, 38.00, 0, NULL),
    (5117, 4, 71, 1, 58.00, 0, NULL),
    (5118, 1, 1, 3, 122.55, 0, NULL),
    (5118, 2, 72, 6, 72.00, 0, NULL),
    (5118, 3, 46, 1, 39.90, 0, NULL),
    (5119, 1, 66, 1, 52.00, 12.50, NULL),
    (5119, 2, 12, 2, 14.50, 12.50, NULL),
    (5119, 3, 39, 4, 112.00, 12.50, NULL),
    (5120, 1, 56, 6, 135.00, 0, NULL),
    (5120, 2, 15, 3, 36.10, 0, NULL),
    (5121, 1, 3, 1, 64.50, 12.50, NULL),
    (5122, 1, 64, 1, 15.50, 0, NULL),
    (5123, 1, 39, 2, 112.00, 12.50, NULL),
    (5124, 1, 68, 1, 19.50, 12.50, NULL),
    (5124, 2, 20, 2, 34.00, 12.50, NULL),
    (5125, 1, 57, 2, 29.00, 12.50, NULL),
    (5125, 2, 24, 3, 13.00, 12.50, NULL),
    (5126, 1, 1, 2, 129.00, 12.50, N'Joyeux anniversaire, chérie ♥'),
    (5126, 2, 54, 1, 68.00, 12.50, NULL),
    (5127, 1, 49, 1, 175.00, 10.00, NULL),
    (5127, 2, 1, 4, 129.00, 10.00, NULL),
    (5127, 3, 40, 1, 185.00, 10.00, NULL),
    (5128, 1, 42, 2, 68.00, 0, NULL),
    (5128, 2, 67, 1, 22.00, 0, NULL);
INSERT INTO Sales.SalesOrderLine (SalesOrderID, LineNumber, ProductID, Quantity, UnitPrice, DiscountPct, GiftMessage)
VALUES
    (5128, 3, 54, 1, 68.00, 0, NULL),
    (5128, 4, 76, 6, 16.00, 0, NULL),
    (5128, 5, 40, 1, 185.00, 0, NULL),
    (5129, 1, 67, 1, 22.00, 0, NULL),
    (5129, 2, 52, 6, 145.00, 0, NULL),
    (5129, 3, 70, 2, 34.20, 0, NULL),
    (5129, 4, 56, 1, 135.00, 0, NULL),
    (5129, 5, 27, 2, 54.00, 0, NULL),
    (5130, 1, 3, 2, 64.50, 0, NULL),
    (5130, 2, 54, 1, 68.00, 0, NULL),
    (5130, 3, 31, 1, 84.00, 0, NULL),
    (5130, 4, 25, 1, 17.00, 0, NULL),
    (5131, 1, 80, 1, 60.80, 5.00, NULL),
    (5131, 2, 77, 1, 14.00, 5.00, N'To new beginnings'),
    (5131, 3, 18, 1, 11.25, 5.00, NULL),
    (5132, 1, 33, 1, 26.00, 0, NULL),
    (5132, 2, 52, 1, 145.00, 0, NULL),
    (5132, 3, 6, 1, 98.00, 0, NULL),
    (5132, 4, 70, 4, 36.00, 0, NULL),
    (5133, 1, 25, 3, 16.15, 0, NULL),
    (5133, 2, 67, 2, 22.00, 0, NULL),
    (5134, 1, 32, 6, 45.00, 0, NULL),
    (5134, 2, 71, 1, 58.00, 0, NULL),
    (5134, 3, 26, 2, 12.50, 0, NULL),
    (5135, 1, 37, 2, 84.55, 0, NULL),
    (5135, 2, 24, 1, 12.35, 0, NULL),
    (5135, 3, 33, 1, 26.00, 0, NULL),
    (5136, 1, 52, 1, 145.00, 0, NULL),
    (5136, 2, 2, 1, 159.00, 0, NULL),
    (5136, 3, 27, 3, 54.00, 0, NULL),
    (5136, 4, 39, 1, 106.40, 0, NULL),
    (5137, 1, 67, 2, 22.00, 0, N'It''s not much, but it''s cast iron'),
    (5137, 2, 40, 1, 185.00, 0, NULL),
    (5137, 3, 39, 3, 106.40, 0, NULL),
    (5138, 1, 25, 2, 17.00, 0, NULL),
    (5138, 2, 56, 2, 135.00, 0, NULL),
    (5138, 3, 54, 2, 68.00, 0, NULL),
    (5138, 4, 6, 6, 98.00, 0, NULL),
    (5138, 5, 19, 1, 46.00, 0, NULL),
    (5139, 1, 38, 2, 74.00, 0, N'To new beginnings'),
    (5140, 1, 12, 2, 14.50, 0, NULL),
    (5140, 2, 27, 1, 54.00, 0, NULL),
    (5140, 3, 34, 1, 29.45, 0, NULL),
    (5141, 1, 40, 1, 175.75, 0, NULL),
    (5142, 1, 67, 4, 22.00, 25.00, NULL),
    (5143, 1, 59, 2, 14.00, 0, NULL),
    (5143, 2, 39, 1, 112.00, 0, NULL),
    (5143, 3, 34, 1, 31.00, 0, NULL),
    (5143, 4, 16, 2, 9.50, 0, NULL),
    (5144, 1, 64, 4, 15.50, 25.00, NULL),
    (5144, 2, 4, 2, 49.00, 25.00, NULL),
    (5144, 3, 70, 1, 36.00, 25.00, NULL),
    (5144, 4, 37, 2, 89.00, 25.00, NULL),
    (5145, 1, 67, 1, 22.00, 0, NULL),
    (5145, 2, 46, 6, 42.00, 0, NULL),
    (5146, 1, 6, 2, 98.00, 0, NULL),
    (5146, 2, 66, 1, 52.00, 0, NULL),
    (5146, 3, 54, 2, 68.00, 0, NULL),
    (5147, 1, 77, 6, 14.00, 0, NULL),
    (5147, 2, 52, 1, 145.00, 0, NULL),
    (5148, 1, 9, 4, 79.80, 0, NULL),
    (5149, 1, 26, 2, 12.50, 0, NULL),
    (5150, 1, 77, 1, 14.00, 0, NULL),
    (5151, 1, 11, 2, 11.40, 0, NULL),
    (5151, 2, 50, 2, 98.00, 0, NULL),
    (5152, 1, 68, 1, 19.50, 0, NULL),
    (5153, 1, 52, 1, 145.00, 0, NULL),
    (5154, 1, 22, 2, 16.50, 0, NULL),
    (5155, 1, 50, 2, 98.00, 0, NULL),
    (5156, 1, 56, 1, 128.25, 0, NULL),
    (5156, 2, 38, 6, 74.00, 0, NULL),
    (5156, 3, 19, 2, 46.00, 0, NULL),
    (5156, 4, 6, 2, 98.00, 0, NULL),
    (5157, 1, 75, 2, 20.90, 0, NULL),
    (5158, 1, 68, 1, 19.50, 0, NULL),
    (5159, 1, 59, 2, 14.00, 0, NULL),
    (5160, 1, 45, 2, 79.00, 0, NULL),
    (5160, 2, 25, 1, 17.00, 0, NULL);
GO
INSERT INTO Sales.Payment (SalesOrderID, PaidAt, Method, Amount, CardLast4, Reference)
VALUES
      (5001, '2023-01-05T20:13:00.802', 'PayPal', 234.40, NULL, 'PAd2e317c7')
    , (5001, '2023-01-07T20:13:00.802', 'PayPal', -234.40, NULL, 'refund')
    , (5002, '2023-01-20T18:52:00.097', 'PayPal', 266.00, NULL, 'PAf1ff16d0')
    , (5003, '2023-01-24T10:14:00.246', 'Card', 207.85, '0874', 'CA514a284e')
    , (5004, '2023-01-27T11:03:00.328', 'PayPal', 184.12, NULL, 'PAd97df2f7')
    , (5005, '2023-02-12T20:15:00.635', 'PayPal', 300.00, NULL, 'PA28e3f275')
    , (5006, '2023-02-21T12:54:00.163', 'Card', 216.00, '7116', 'CAca017fec')
    , (5007, '2023-02-25T10:47:00.062', 'Card', 57.00, '7583', 'CAaec0f245')
    , (5008, '2023-03-03T11:42:00.514', 'Card', 320.20, '3578', 'CA3a3cdbcd')
    , (5009, '2023-03-14T17:57:00.167', 'Card', 348.00, '9860', 'CA8bf93a8f')
    , (5010, '2023-03-17T14:47:00.932', 'Voucher', 50, NULL, 'GC-47532')
    , (5010, '2023-03-17T14:47:00.932', 'Card', 1426.00, '9362', 'CA2bccc570')
    , (5011, '2023-03-22T20:03:00.457', 'Card', 1259.20, '2287', 'CA24a6b643')
    , (5012, '2023-03-30T13:24:00.356', 'Card', 712.30, '2612', 'CA083f85d1')
    , (5013, '2023-04-17T12:38:00.488', 'Card', 586.65, '8372', 'CA8080a861')
    , (5014, '2023-04-23T12:04:00.889', 'PayPal', 216.00, NULL, 'PA4cfe04b6')
    , (5015, '2023-04-23T15:24:00.988', 'Card', 84.05, '0923', 'CAc66ad7a1')
    , (5016, '2023-04-30T15:06:00.417', 'Card', 735.30, '8706', 'CA4499c178')
    , (5016, '2023-05-02T15:06:00.417', 'Card', -735.30, NULL, 'refund')
    , (5017, '2023-05-25T09:14:00.279', 'Card', 154.10, '8757', 'CA172b5ea1')
    , (5018, '2023-05-25T13:36:00.641', 'Voucher', 50, NULL, 'GC-40922')
    , (5018, '2023-05-25T13:36:00.641', 'Card', 74.00, '0383', 'CA2e9f1b63')
    , (5019, '2023-07-15T20:51:00.846', 'Account', 360.90, NULL, 'AC35b3429b')
    , (5019, '2023-07-17T20:51:00.846', 'Account', -360.90, NULL, 'refund')
    , (5020, '2023-06-20T16:37:00.148', 'Card', 321.50, '4702', 'CAf924ff9a')
    , (5021, '2023-06-22T19:57:00.795', 'Card', 277.50, '4301', 'CAff995257')
    , (5022, '2023-06-30T10:32:00.511', 'Voucher', 50, NULL, 'GC-62345')
    , (5022, '2023-06-30T10:32:00.511', 'Card', 136.20, '8547', 'CA3a2537ae')
    , (5023, '2023-07-03T10:22:00.544', 'Card', 1329.30, '1730', 'CAe8c478c8')
    , (5024, '2023-07-08T19:01:00.547', 'PayPal', 258.00, NULL, 'PA387ced10')
    , (5025, '2023-07-11T16:02:00.969', 'Voucher', 50, NULL, 'GC-57378')
    , (5025, '2023-07-11T16:02:00.969', 'Card', 500.60, '0486', 'CA577dfae0')
    , (5026, '2023-07-31T10:18:00.922', 'Cash', 632.53, NULL, NULL)
    , (5027, '2023-08-03T18:18:00.392', 'Card', 208.00, '8564', 'CA51a75d02')
    , (5028, '2023-08-07T16:55:00.959', 'Voucher', 50, NULL, 'GC-37743')
    , (5028, '2023-08-07T16:55:00.959', 'Card', 328.00, '9031', 'CA48ab86c7')
    , (5029, '2023-08-08T18:23:00.281', 'PayPal', 321.20, NULL, 'PA3322aeb3')
    , (5030, '2023-08-19T12:01:00.132', 'PayPal', 162.00, NULL, 'PA371a4782')
    , (5031, '2023-09-04T18:13:00.916', 'PayPal', 87.50, NULL, 'PAf637cf9b')
    , (5032, '2023-09-11T15:16:00.842', 'Card', 50.00, '9477', 'CA99b945f1')
    , (5033, '2023-09-16T18:30:00.079', 'Card', 66.00, '4004', 'CAdf065d4f')
    , (5034, '2023-09-17T17:34:00.913', 'Card', 496.80, '6261', 'CAdbb69ace')
    , (5035, '2023-09-17T20:29:00.378', 'Voucher', 50, NULL, 'GC-47292')
    , (5035, '2023-09-17T20:29:00.378', 'Card', 294.38, '3270', 'CAba33eec6')
    , (5036, '2023-09-18T09:49:00.584', 'Card', 337.20, '1150', 'CA979cf77c')
    , (5037, '2023-10-09T10:33:00.741', 'Card', 208.00, '0476', 'CAae54b676')
    , (5038, '2023-10-16T14:49:00.713', 'Voucher', 50, NULL, 'GC-49448')
    , (5038, '2023-10-16T14:49:00.713', 'Card', 238.00, '3105', 'CA1784e5f7')
    , (5039, '2023-10-17T18:03:00.770', 'Card', 429.70, '7874', 'CA834c425d')
    , (5040, '2023-10-25T12:47:00.028', 'PayPal', 884.80, NULL, 'PA04399aac')
    , (5041, '2023-10-26T10:28:00.023', 'Card', 337.40, '5550', 'CA3a2b264f')
    , (5042, '2023-10-27T12:59:00.726', 'PayPal', 168.00, NULL, 'PAa97a8ed0')
    , (5043, '2023-11-04T11:04:00.124', 'Voucher', 50, NULL, 'GC-19667')
    , (5043, '2023-11-04T11:04:00.124', 'Card', 341.17, '8403', 'CAe4c832bc')
    , (5044, '2023-11-07T17:33:00.487', 'Voucher', 50, NULL, 'GC-16503')
    , (5044, '2023-11-07T17:33:00.487', 'Card', 146.00, '7906', 'CA3492f741')
    , (5044, '2023-11-09T17:33:00.487', 'Card', -146.00, NULL, 'refund')
    , (5045, '2023-11-08T17:42:00.760', 'Card', 370.00, '2493', 'CAb22e7152')
    , (5045, '2023-11-10T17:42:00.760', 'Card', -370.00, NULL, 'refund')
    , (5046, '2023-11-11T14:53:00.479', 'Cash', 1131.00, NULL, NULL);
INSERT INTO Sales.Payment (SalesOrderID, PaidAt, Method, Amount, CardLast4, Reference)
VALUES
      (5047, '2023-11-28T13:25:00.093', 'Card', 72.15, '5268', 'CA8f6b9beb')
    , (5048, '2023-11-29T20:29:00.917', 'Card', 635.60, '7407', 'CAdbc4cdec')
    , (5049, '2023-12-03T17:43:00.741', 'Card', 274.50, '9637', 'CA52ce13b0')
    , (5050, '2023-12-11T11:28:00.077', 'PayPal', 862.40, NULL, 'PAa555b311')
    , (5051, '2023-12-11T15:18:00.495', 'PayPal', 33.95, NULL, 'PAf9f12f25')
    , (5052, '2023-12-20T14:06:00.198', 'PayPal', 112.00, NULL, 'PAec1ec53d')
    , (5053, '2023-12-22T13:57:00.590', 'Card', 52.35, '7625', 'CA1acbe30d')
    , (5054, '2023-12-25T10:58:00.356', 'Card', 321.00, '9571', 'CAb0475227')
    , (5055, '2024-01-30T12:48:00.140', 'Account', 373.41, NULL, 'AC42b70995')
    , (5056, '2023-12-31T17:51:00.013', 'Voucher', 50, NULL, 'GC-85744')
    , (5056, '2023-12-31T17:51:00.013', 'Card', 350.10, '5876', 'CA86b4e830')
    , (5057, '2023-12-31T23:41:00.577', 'Voucher', 50, NULL, 'GC-18441')
    , (5057, '2023-12-31T23:41:00.577', 'Card', 118.80, '3816', 'CA64fe670c')
    , (5058, '2024-01-01T00:22:00.322', 'PayPal', 297.06, NULL, 'PA8c1875ea')
    , (5059, '2024-01-01T13:39:00.115', 'PayPal', 446.00, NULL, 'PA1886e7ba')
    , (5060, '2024-01-09T12:38:00.060', 'PayPal', 92.00, NULL, 'PAf33d03c6')
    , (5061, '2024-01-09T12:54:00.271', 'Card', 33.45, '7149', 'CAef1cea4a')
    , (5062, '2024-01-17T11:23:00.694', 'Card', 9.50, '7142', 'CA78da3745')
    , (5063, '2024-01-20T18:59:00.092', 'PayPal', 616.60, NULL, 'PA36d1ff46')
    , (5064, '2024-01-22T11:01:00.360', 'Card', 88.00, '5396', 'CAb665e72f')
    , (5065, '2024-01-22T15:01:00.244', 'PayPal', 58.95, NULL, 'PAea764354')
    , (5066, '2024-01-25T09:18:00.557', 'PayPal', 204.00, NULL, 'PAc310152d')
    , (5067, '2024-01-26T16:09:00.517', 'Voucher', 50, NULL, 'GC-88661')
    , (5067, '2024-01-26T16:09:00.517', 'Card', 179.00, '0090', 'CA163ce385')
    , (5068, '2024-02-03T10:49:00.977', 'Voucher', 50, NULL, 'GC-85604')
    , (5068, '2024-02-03T10:49:00.977', 'Card', 434.70, '3022', 'CA9cd6e916')
    , (5069, '2024-02-03T19:36:00.566', 'Voucher', 50, NULL, 'GC-12234')
    , (5069, '2024-02-03T19:36:00.566', 'Card', 160.55, '5642', 'CAea02f059')
    , (5070, '2024-02-11T15:58:00.853', 'Card', 546.50, '5991', 'CA691cfa5b')
    , (5071, '2024-02-18T17:04:00.331', 'PayPal', 636.80, NULL, 'PA725e11bc')
    , (5072, '2024-02-20T16:28:00.052', 'Voucher', 50, NULL, 'GC-35453')
    , (5072, '2024-02-20T16:28:00.052', 'Card', 261.00, '2218', 'CAa045d199')
    , (5073, '2024-02-27T10:18:00.383', 'PayPal', 239.55, NULL, 'PA9ce1edb1')
    , (5074, '2024-02-27T12:18:00.190', 'PayPal', 210.00, NULL, 'PA15dc8a44')
    , (5075, '2024-02-29T11:07:00.539', 'Card', 171.54, '7148', 'CA9acf7ac9')
    , (5076, '2024-02-29T16:50:00.238', 'Card', 112.86, '5040', 'CAf133f801')
    , (5076, '2024-03-02T16:50:00.238', 'Card', -112.86, NULL, 'refund')
    , (5077, '2024-03-01T16:06:00.023', 'Cash', 241.74, NULL, NULL)
    , (5078, '2024-03-01T20:00:00.461', 'Card', 421.20, '6469', 'CA698cb4b4')
    , (5079, '2024-03-06T11:18:00.516', 'PayPal', 230.00, NULL, 'PA267015dc')
    , (5080, '2024-03-11T12:49:00.498', 'Card', 536.60, '9144', 'CA4d5f2beb')
    , (5081, '2024-03-11T20:26:00.352', 'Cash', 527.00, NULL, NULL)
    , (5082, '2024-03-13T11:40:00.001', 'Card', 711.00, '5298', 'CAce09311d')
    , (5083, '2024-03-25T10:28:00.032', 'Card', 224.50, '0481', 'CA00373293')
    , (5084, '2024-04-01T19:33:00.552', 'PayPal', 603.68, NULL, 'PA4f8fb253')
    , (5085, '2024-04-03T10:20:00.255', 'Card', 244.00, '0768', 'CAee953057')
    , (5086, '2024-04-05T14:43:00.118', 'Cash', 275.70, NULL, NULL)
    , (5087, '2024-04-17T12:55:00.113', 'Card', 395.53, '8343', 'CA273a6421')
    , (5088, '2024-04-19T11:30:00.707', 'Card', 35.30, '6777', 'CAcc53e142')
    , (5088, '2024-04-21T11:30:00.707', 'Card', -35.30, NULL, 'refund')
    , (5089, '2024-04-20T17:28:00.584', 'Card', 296.00, '2307', 'CAfb9f7e28')
    , (5090, '2024-04-21T09:08:00.424', 'Voucher', 50, NULL, 'GC-51566')
    , (5090, '2024-04-21T09:08:00.424', 'Card', 410.00, '4609', 'CA79a87e97')
    , (5091, '2024-04-25T20:41:00.237', 'Card', 424.50, '0584', 'CA1f3dc168')
    , (5092, '2024-05-02T11:30:00.140', 'Voucher', 50, NULL, 'GC-83530')
    , (5092, '2024-05-02T11:30:00.140', 'Card', 457.30, '8692', 'CA1e84c5ba')
    , (5093, '2024-05-10T10:51:00.771', 'Card', 682.53, '0353', 'CA25c04cc1')
    , (5094, '2024-05-10T19:23:00.632', 'Cash', 250.80, NULL, NULL)
    , (5095, '2024-05-17T14:50:00.056', 'Card', 236.00, '6517', 'CA19de623f')
    , (5096, '2024-05-21T17:35:00.333', 'Card', 185.00, '9354', 'CAc9af15c2');
INSERT INTO Sales.Payment (SalesOrderID, PaidAt, Method, Amount, CardLast4, Reference)
VALUES
      (5097, '2024-06-26T12:27:00.217', 'Account', 231.12, NULL, 'AC35088c0b')
    , (5098, '2024-06-06T17:05:00.459', 'Card', 818.00, '2241', 'CA84a30b37')
    , (5099, '2024-06-07T20:35:00.554', 'PayPal', 244.00, NULL, 'PAdd185e47')
    , (5100, '2024-06-10T19:16:00.421', 'Voucher', 50, NULL, 'GC-13446')
    , (5100, '2024-06-10T19:16:00.421', 'Card', 82.00, '0073', 'CAa9c6ed96')
    , (5101, '2024-06-17T18:17:00.394', 'Card', 540.00, '7371', 'CA7f625982')
    , (5102, '2024-06-24T12:02:00.611', 'Card', 483.00, '3414', 'CA86e27c57')
    , (5103, '2024-06-26T15:22:00.289', 'PayPal', 491.50, NULL, 'PAfbedda16')
    , (5104, '2024-07-30T10:10:00.767', 'Account', 138.60, NULL, 'ACcb279d0e')
    , (5105, '2024-07-02T19:27:00.284', 'Card', 76.40, '9784', 'CA22f4c06f')
    , (5106, '2024-07-06T15:15:00.694', 'Card', 1008.00, '6049', 'CA735d010e')
    , (5107, '2024-07-12T20:02:00.681', 'PayPal', 387.00, NULL, 'PA275e4e27')
    , (5108, '2024-07-24T10:31:00.771', 'Card', 497.50, '5696', 'CA59c91fe4')
    , (5109, '2024-08-26T11:29:00.550', 'Account', 176.40, NULL, 'AC3d2d53b9')
    , (5110, '2024-07-30T16:32:00.618', 'Card', 114.00, '5909', 'CA9d148404')
    , (5111, '2024-08-04T14:57:00.121', 'Card', 62.65, '8389', 'CA1f42954c')
    , (5112, '2024-08-05T11:26:00.012', 'Card', 501.30, '8283', 'CA7619bac6')
    , (5113, '2024-08-08T13:58:00.115', 'Voucher', 50, NULL, 'GC-99345')
    , (5113, '2024-08-08T13:58:00.115', 'Card', 370.00, '4247', 'CA1e553313')
    , (5114, '2024-08-12T10:34:00.045', 'Card', 32.30, '6328', 'CA6d390e8b')
    , (5114, '2024-08-14T10:34:00.045', 'Card', -32.30, NULL, 'refund')
    , (5115, '2024-08-13T12:06:00.795', 'PayPal', 197.40, NULL, 'PAf30bb9d4')
    , (5115, '2024-08-15T12:06:00.795', 'PayPal', -197.40, NULL, 'refund')
    , (5116, '2024-08-13T12:18:00.058', 'Voucher', 50, NULL, 'GC-89251')
    , (5116, '2024-08-13T12:18:00.058', 'Card', 84.80, '6656', 'CA8da6de74')
    , (5117, '2024-08-16T13:51:00.035', 'Card', 345.00, '7806', 'CA8daf17fe')
    , (5118, '2024-08-20T13:11:00.056', 'PayPal', 839.55, NULL, 'PAcf490777')
    , (5119, '2024-08-21T11:39:00.989', 'PayPal', 462.88, NULL, 'PAf1db256b')
    , (5120, '2024-08-21T20:18:00.562', 'Card', 918.30, '7805', 'CA60dca4e6')
    , (5121, '2024-08-25T18:04:00.393', 'Card', 56.44, '8537', 'CAca001e09')
    , (5122, '2024-08-26T17:18:00.834', 'Card', 20.45, '3893', 'CAbe036fa7')
    , (5123, '2024-08-28T17:34:00.399', 'PayPal', 196.00, NULL, 'PAfb6de277')
    , (5124, '2024-08-29T20:43:00.009', 'Card', 76.56, '2723', 'CA3eb706df')
    , (5125, '2024-08-31T17:02:00.452', 'Card', 84.88, '6943', 'CAb49b0881')
    , (5126, '2024-08-31T23:58:00.384', 'PayPal', 285.25, NULL, 'PA3602856a')
    , (5127, '2024-10-10T09:40:00.738', 'Account', 788.40, NULL, 'AC415a8519')
    , (5128, '2024-09-14T10:50:00.006', 'Card', 507.00, '3392', 'CA3af44ab4')
    , (5129, '2024-09-17T13:47:00.268', 'Card', 1203.40, '7202', 'CA5fbe2bcd')
    , (5130, '2024-09-17T16:24:00.185', 'Card', 298.00, '6495', 'CA9f47d568')
    , (5130, '2024-09-19T16:24:00.185', 'Card', -298.00, NULL, 'refund')
    , (5131, '2024-09-19T17:57:00.245', 'PayPal', 81.75, NULL, 'PAc2358b61')
    , (5132, '2024-09-26T11:14:00.100', 'Card', 413.00, '5870', 'CAd7448c71')
    , (5133, '2024-10-07T10:21:00.329', 'PayPal', 92.45, NULL, 'PA905c2bb4')
    , (5134, '2024-10-07T15:43:00.873', 'Voucher', 50, NULL, 'GC-19212')
    , (5134, '2024-10-07T15:43:00.873', 'Card', 303.00, '3929', 'CA5ba2a9ef')
    , (5135, '2024-10-15T18:26:00.362', 'Card', 207.45, '3051', 'CA31ef5067')
    , (5136, '2024-10-23T19:17:00.832', 'PayPal', 572.40, NULL, 'PA099a1e9f')
    , (5137, '2024-10-24T15:30:00.637', 'Cash', 548.20, NULL, NULL)
    , (5138, '2024-10-31T17:21:00.006', 'Voucher', 50, NULL, 'GC-38251')
    , (5138, '2024-10-31T17:21:00.006', 'Card', 1024.00, '4797', 'CAe1dfec7c')
    , (5139, '2024-11-01T19:39:00.514', 'Card', 148.00, '6708', 'CA8453d6b5')
    , (5140, '2024-11-02T17:14:00.599', 'PayPal', 112.45, NULL, 'PAc4e8e383')
    , (5141, '2024-11-10T15:16:00.506', 'Card', 175.75, '9422', 'CA55cf96d8')
    , (5142, '2024-11-19T10:17:00.186', 'Card', 66.00, '6100', 'CAab5bf773')
    , (5142, '2024-11-21T10:17:00.186', 'Card', -66.00, NULL, 'refund')
    , (5143, '2024-11-20T15:41:00.875', 'Voucher', 50, NULL, 'GC-51704')
    , (5143, '2024-11-20T15:41:00.875', 'Card', 140.00, '3367', 'CAecafcf0f')
    , (5144, '2024-11-28T16:45:00.353', 'PayPal', 280.50, NULL, 'PA92ebdc38')
    , (5145, '2024-12-05T11:15:00.341', 'Card', 274.00, '3505', 'CA1f025b1e')
    , (5145, '2024-12-07T11:15:00.341', 'Card', -274.00, NULL, 'refund');
INSERT INTO Sales.Payment (SalesOrderID, PaidAt, Method, Amount, CardLast4, Reference)
VALUES
      (5146, '2024-12-08T16:31:00.015', 'Card', 384.00, '1744', 'CAe4dc7336')
    , (5147, '2024-12-15T18:40:00.699', 'Card', 229.00, '2445', 'CAe4505e84')
    , (5148, '2024-12-20T18:04:00.540', 'Card', 319.20, '0299', 'CAad293965')
    , (5149, '2024-12-22T14:23:00.569', 'Cash', 25.00, NULL, NULL)
    , (5150, '2024-12-25T14:27:00.693', 'Card', 18.95, '6733', 'CAf854cdd0')
    , (5151, '2024-12-28T12:53:00.504', 'Card', 218.80, '4506', 'CA0e410f72')
    , (5152, '2024-12-29T18:29:00.839', 'PayPal', 19.50, NULL, 'PAea44c203')
    , (5153, '2025-01-06T09:56:00.828', 'Card', 145.00, '9790', 'CAc8c68bc6')
    , (5154, '2025-01-11T11:20:00.256', 'Cash', 33.00, NULL, NULL)
    , (5155, '2025-01-14T12:39:00.799', 'PayPal', 196.00, NULL, 'PA05f26728')
    , (5157, '2025-01-17T10:13:00.655', 'PayPal', 46.75, NULL, 'PA5f93ec65')
    , (5158, '2025-01-18T20:42:00.995', 'PayPal', 19.50, NULL, 'PA307f580f')
    , (5159, '2025-01-19T09:07:00.615', 'PayPal', 32.95, NULL, 'PA549cb714')
    , (5160, '2025-01-19T22:31:00.285', 'Card', 175.00, '6875', 'CA7c71e0f6');
GO
INSERT INTO Sales.ReturnRequest (SalesOrderID, LineNumber, RequestedOn, ReasonCode, Quantity, RefundAmount, IsResolved)
VALUES
    (5002, 2, '20230201', 'FAULTY', 2, 168.00, 1),
    (5003, 1, '20230213', 'DAMAGED', 1, 34.00, 1),
    (5012, 3, '20230415', 'FAULTY', 1, 83.30, 1),
    (5013, 1, '20230509', 'DAMAGED', 1, NULL, 0),
    (5039, 1, '20231103', 'WRONGITEM', 1, 5.50, 1),
    (5040, 2, '20231121', 'UNWANTED', 1, NULL, 0),
    (5040, 1, '20231115', 'WRONGITEM', 5, 256.50, 1),
    (5043, 1, '20231126', 'UNWANTED', 2, 212.80, 1),
    (5050, 3, '20240101', 'FAULTY', 6, NULL, 0),
    (5081, 3, '20240330', 'UNWANTED', 6, 252.00, 1),
    (5083, 3, '20240417', 'DAMAGED', 1, 5.50, 1),
    (5084, 1, '20240415', 'WRONGITEM', 1, NULL, 0),
    (5087, 5, '20240425', 'UNWANTED', 2, 92.00, 1),
    (5087, 1, '20240504', 'Unwanted', 2, NULL, 0),
    (5091, 2, '20240509', 'Unwanted', 4, 392.00, 1),
    (5093, 3, '20240603', 'DAMAGED', 1, 18.53, 1),
    (5099, 1, '20240622', 'WRONGITEM', 1, 98.00, 1),
    (5099, 2, '20240702', 'DAMAGED', 1, NULL, 0),
    (5103, 4, '20240722', 'FAULTY', 1, 145.00, 1),
    (5110, 2, '20240822', 'UNWANTED', 3, 42.00, 1),
    (5116, 2, '20240902', 'FAULTY', 1, 46.00, 1),
    (5120, 1, '20240908', 'UNWANTED', 5, 675.00, 1),
    (5121, 1, '20240903', 'FAULTY', 1, 56.44, 1),
    (5128, 1, '20241005', 'Unwanted', 1, NULL, 0),
    (5128, 4, '20241006', 'Unwanted', 5, 80.00, 1),
    (5149, 1, '20241231', 'WRONGITEM', 2, 25.00, 1);
GO
INSERT INTO Sales.CustomerHistory (CustomerID, TierCode, City, ValidFrom, ValidTo, IsCurrent)
VALUES
    (1000, 'BRZ', N'Bath', '20220423', '20240131', 0),
    (1000, 'BRZ', N'London', '20240131', NULL, 1),
    (1001, 'BRZ', N'Cardiff', '20211227', NULL, 1),
    (1002, 'BRZ', N'London', '20230728', NULL, 1),
    (1003, 'GLD', N'Ærøskøbing', '20210108', NULL, 1),
    (1004, NULL, N'Whitby', '20231227', NULL, 1),
    (1005, 'BRZ', N'London', '20230102', '20240630', 0),
    (1005, 'BRZ', N'Bath', '20240630', NULL, 1),
    (1006, 'BRZ', N'Utrecht', '20220115', NULL, 1),
    (1007, 'BRZ', N'Cardiff', '20230704', NULL, 1),
    (1008, 'BRZ', N'Saint-Malo', '20210218', '20240630', 0),
    (1008, 'GLD', N'Saint-Malo', '20240630', NULL, 1),
    (1009, 'SLV', N'Saint-Malo', '20230312', NULL, 1),
    (1010, 'BRZ', N'London', '20240110', '20240131', 0),
    (1010, 'BRZ', N'Galway', '20240131', NULL, 1),
    (1011, 'PLT', N'York', '20210811', NULL, 1),
    (1012, 'BRZ', N'Bath', '20230917', '20240131', 0),
    (1012, 'GLD', N'Bath', '20240131', NULL, 1),
    (1013, 'SLV', N'Whitby', '20220512', NULL, 1),
    (1014, 'BRZ', N'Cardiff', '20220630', '20240630', 0),
    (1014, 'gld', N'Cardiff', '20240630', NULL, 1),
    (1015, 'BRZ', N'Bath', '20220826', '20240131', 0),
    (1015, 'BRZ', N'London', '20240131', NULL, 1),
    (1016, NULL, N'Cardiff', '20231227', NULL, 1),
    (1017, 'SLV', N'St Ives ', '20220827', NULL, 1),
    (1018, 'BRZ', N'London', '20220814', '20240131', 0),
    (1018, 'PLT', N'London', '20240131', NULL, 1),
    (1019, 'SLV', N'King''s Lynn', '20230518', NULL, 1),
    (1020, 'BRZ', N'Edinburgh', '20230527', '20240630', 0),
    (1020, 'SLV', N'Edinburgh', '20240630', NULL, 1),
    (1021, 'SLV', N'Utrecht', '20210808', NULL, 1),
    (1022, 'BRZ', N'Whitby', '20230330', NULL, 1),
    (1023, 'SLV', N'London', '20220102', NULL, 1);
GO

------------------------------------------------------------------------------------------------
-- Rows: stock
------------------------------------------------------------------------------------------------

INSERT INTO Inventory.Bin
VALUES
    (10, 'A01-1', 60.5, 1),
    (10, 'A01-2', 60.5, 1),
    (10, 'B02-1', NULL, 1),
    (20, 'A01-1', 60.5, 1),
    (20, 'A01-2', 60.5, 1),
    (20, 'B02-1', NULL, 1),
    (30, 'A01-1', 60.5, 1),
    (30, 'A01-2', 60.5, 1),
    (30, 'B02-1', NULL, 1),
    (40, 'A01-1', 60.5, 1),
    (40, 'A01-2', 60.5, 1),
    (40, 'B02-1', NULL, 1),
    (50, 'A01-1', 60.5, 1),
    (50, 'A01-2', 60.5, 1),
    (50, 'B02-1', NULL, 1),
    (60, 'A01-1', 60.5, 1),
    (60, 'A01-2', 60.5, 1),
    (60, 'B02-1', NULL, 1),
    (70, 'A01-1', 450.000, 1),
    (70, 'A01-2', 450.000, 1),
    (70, 'A02-1', 450.000, 1),
    (70, 'B10-3', 450.000, 0),
    (70, 'B11-3', 450.000, 1),
    (70, 'C01-1', 450.000, 1),
    (70, 'C01-2', 450.000, 1),
    (70, 'H99-9', 450.000, 0);
GO
INSERT INTO Inventory.StockLevel (ProductID, LocationID, BinCode, QuantityOnHand, QuantityReserved, ReorderPoint, LastCountedAt)
VALUES
    (1, 20, NULL, 0, 0, 2, NULL),
    (1, 30, 'A01-2', 6, 6, 3, NULL),
    (1, 70, 'C01-2', 77, 0, 10, NULL),
    (2, 70, 'C01-1', 70, 1, 20, '2024-08-09T06:30:00.997'),
    (3, 40, 'A01-2', 1, 0, 4, '2024-03-01T06:30:00.000'),
    (3, 70, 'B11-3', 42, 5, 5, '2024-10-25T06:30:00.000'),
    (4, 70, NULL, 64, 2, 5, NULL),
    (5, 20, NULL, 1, 1, 4, NULL),
    (5, 40, NULL, 3, 3, 2, '2024-08-07T06:30:00.997'),
    (5, 70, 'A01-2', 0, 0, 5, NULL),
    (6, 10, 'A01-1', 0, 0, 3, '2024-11-14T06:30:00.000'),
    (6, 50, 'B02-1', 5, 1, 3, NULL),
    (6, 70, 'C01-1', 43, 3, 10, NULL),
    (7, 60, 'A01-1', 3, 1, 2, '2024-12-15T06:30:00.000'),
    (7, 70, 'A01-2', 70, 2, 10, '2024-09-22T06:30:00.000'),
    (8, 70, 'A01-2', 17, 0, 10, NULL),
    (9, 20, 'A01-2', 0, 0, 3, '2024-03-08T06:30:00.000'),
    (9, 30, 'B02-1', 5, 1, 2, NULL),
    (9, 70, 'H99-9', 16, 4, 5, NULL),
    (10, 60, 'A01-2', 7, 3, 4, '2024-03-02T06:30:00.997'),
    (10, 70, 'B11-3', 45, 2, 5, '2024-02-11T06:30:00.000'),
    (11, 50, 'B02-1', 2, 0, 4, NULL),
    (11, 70, 'C01-1', 62, 6, 20, '2024-09-08T06:30:00.997'),
    (12, 70, 'C01-2', 135, 6, 5, NULL),
    (13, 10, 'A01-1', 4, 4, 4, NULL),
    (13, 70, 'A01-1', 69, 5, 10, NULL),
    (14, 30, 'A01-2', 6, 5, 2, '2024-01-08T06:30:00.997'),
    (14, 70, 'A01-1', 36, 6, 20, NULL),
    (15, 70, 'C01-2', 115, 5, 20, '2024-11-07T06:30:00.000'),
    (16, 20, 'A01-2', 4, 0, 2, NULL),
    (16, 50, 'A01-1', 8, 2, 4, NULL),
    (16, 70, NULL, 110, 3, 5, NULL),
    (17, 30, 'A01-1', 0, 0, 3, NULL),
    (17, 40, 'A01-1', 3, 1, 3, '2024-04-09T06:30:00.997'),
    (17, 70, 'A01-1', 0, 0, 10, '2024-06-07T06:30:00.997'),
    (18, 10, 'A01-2', 3, 2, 3, NULL),
    (18, 70, 'C01-2', 65, 2, 20, '2024-11-04T06:30:00.000'),
    (19, 70, 'C01-2', 89, 0, 20, NULL),
    (20, 70, 'C01-1', 56, 2, 20, NULL),
    (21, 30, 'B02-1', 8, 2, 2, NULL),
    (21, 70, 'A01-2', 30, 0, 20, '2024-04-24T06:30:00.997'),
    (22, 70, 'B10-3', 56, 2, 10, NULL),
    (23, 10, 'A01-1', 7, 5, 2, '2024-11-25T06:30:00.003'),
    (23, 70, 'C01-2', 30, 1, 5, '2024-04-08T06:30:00.997'),
    (24, 70, 'C01-2', 133, 4, 5, '2024-04-28T06:30:00.003'),
    (25, 10, 'B02-1', 4, 0, 4, '2024-01-23T06:30:00.997'),
    (25, 40, 'B02-1', 11, 1, 3, '2024-10-10T06:30:00.003'),
    (25, 70, 'C01-1', 70, 2, 5, '2024-06-07T06:30:00.997'),
    (26, 20, 'B02-1', 7, 0, 2, '2024-05-23T06:30:00.003'),
    (26, 70, 'C01-1', 125, 1, 5, NULL),
    (27, 10, 'A01-2', 6, 3, 2, NULL),
    (27, 60, 'A01-1', 10, 1, 4, NULL),
    (27, 70, 'C01-1', 52, 3, 5, NULL),
    (28, 10, 'A01-1', 10, 6, 4, '2024-10-17T06:30:00.003'),
    (28, 30, 'A01-1', 11, 5, 3, NULL),
    (28, 70, NULL, 52, 5, 10, '2024-12-22T06:30:00.003'),
    (29, 10, 'A01-2', 2, 1, 4, '2024-05-14T06:30:00.000'),
    (29, 70, 'H99-9', 134, 3, 20, NULL),
    (30, 70, 'B10-3', 130, 6, 5, '2024-02-14T06:30:00.003'),
    (31, 10, 'A01-2', 0, 0, 4, NULL),
    (31, 20, 'A01-2', 1, 1, 2, NULL),
    (31, 70, NULL, 48, 1, 5, '2024-01-03T06:30:00.997'),
    (32, 70, 'A01-1', 38, 0, 10, NULL),
    (33, 10, NULL, 6, 0, 3, '2024-08-25T06:30:00.000'),
    (33, 70, 'C01-1', 44, 5, 20, NULL),
    (34, 30, 'A01-2', 11, 3, 3, NULL),
    (34, 70, 'H99-9', 82, 6, 5, NULL),
    (35, 50, 'A01-2', 11, 6, 4, NULL),
    (35, 60, 'B02-1', 8, 3, 2, '2024-03-20T06:30:00.997'),
    (35, 70, 'C01-1', 121, 4, 10, '2024-12-03T06:30:00.003');
INSERT INTO Inventory.StockLevel (ProductID, LocationID, BinCode, QuantityOnHand, QuantityReserved, ReorderPoint, LastCountedAt)
VALUES
    (36, 40, 'B02-1', 0, 0, 4, '2024-02-22T06:30:00.000'),
    (36, 70, 'B10-3', 2, 1, 10, '2024-09-18T06:30:00.997'),
    (37, 10, 'A01-2', 9, 3, 3, '2024-11-01T06:30:00.000'),
    (37, 70, 'A01-1', 92, 6, 20, '2024-06-09T06:30:00.000'),
    (38, 30, NULL, 6, 1, 2, '2024-04-17T06:30:00.003'),
    (38, 70, 'B11-3', 130, 1, 5, '2024-08-11T06:30:00.003'),
    (39, 20, 'A01-2', 10, 2, 2, '2024-08-06T06:30:00.997'),
    (39, 70, 'A01-1', 88, 6, 20, NULL),
    (40, 50, 'A01-2', 8, 6, 3, NULL),
    (40, 70, 'H99-9', 71, 4, 5, NULL),
    (41, 70, NULL, 137, 1, 5, NULL),
    (42, 70, NULL, 1, 1, 5, NULL),
    (43, 50, 'B02-1', 7, 2, 3, '2024-04-09T06:30:00.000'),
    (43, 70, 'A01-1', 29, 2, 5, NULL),
    (44, 10, 'A01-2', 0, 0, 4, '2024-03-05T06:30:00.997'),
    (44, 30, 'B02-1', 5, 5, 2, NULL),
    (44, 70, 'C01-1', 25, 5, 20, NULL),
    (45, 50, 'A01-1', 2, 2, 3, NULL),
    (45, 70, 'H99-9', 59, 2, 20, NULL),
    (46, 60, 'B02-1', 2, 2, 2, NULL),
    (46, 70, 'H99-9', 132, 2, 5, '2024-04-09T06:30:00.997'),
    (47, 50, 'A01-2', 8, 2, 3, '2024-11-05T06:30:00.000'),
    (47, 70, 'A02-1', 37, 4, 20, NULL),
    (48, 50, 'A01-1', 8, 4, 3, NULL),
    (48, 70, 'C01-1', 100, 3, 5, '2024-11-17T06:30:00.000'),
    (49, 70, 'A02-1', 74, 6, 5, '2024-01-06T06:30:00.997'),
    (50, 20, 'A01-1', 9, 5, 2, NULL),
    (50, 70, 'B10-3', 46, 5, 10, NULL),
    (51, 20, NULL, 1, 1, 3, '2024-07-16T06:30:00.003'),
    (51, 70, 'A02-1', 136, 0, 5, '2024-10-25T06:30:00.003'),
    (52, 10, 'B02-1', 7, 0, 3, '2024-08-08T06:30:00.003'),
    (52, 70, 'H99-9', 43, 3, 10, '2024-10-01T06:30:00.997'),
    (53, 70, NULL, 42, 1, 5, '2024-02-02T06:30:00.997'),
    (54, 10, 'A01-1', 7, 6, 4, NULL),
    (54, 70, 'A02-1', 85, 0, 20, '2024-01-10T06:30:00.997'),
    (55, 40, 'B02-1', 4, 4, 3, '2024-02-03T06:30:00.997'),
    (55, 50, NULL, 0, 0, 2, '2024-09-06T06:30:00.003'),
    (55, 70, 'A01-2', 82, 5, 20, NULL),
    (56, 40, 'A01-1', 2, 1, 2, NULL),
    (56, 50, 'B02-1', 6, 5, 2, '2024-05-25T06:30:00.997'),
    (56, 70, NULL, 31, 5, 10, NULL),
    (57, 70, 'B11-3', 27, 1, 5, '2024-05-14T06:30:00.997'),
    (58, 20, NULL, 10, 5, 4, NULL),
    (58, 70, NULL, 50, 1, 20, '2024-12-07T06:30:00.000'),
    (59, 50, 'A01-2', 1, 1, 2, '2024-05-22T06:30:00.997'),
    (59, 70, 'B10-3', 113, 4, 10, NULL),
    (60, 20, NULL, 10, 5, 2, '2024-05-25T06:30:00.000'),
    (60, 70, 'C01-1', 79, 2, 5, '2024-04-05T06:30:00.003'),
    (61, 70, NULL, 39, 2, 20, NULL),
    (62, 40, 'A01-2', 8, 0, 2, NULL),
    (62, 70, 'H99-9', 41, 6, 20, '2024-04-26T06:30:00.003'),
    (63, 30, 'A01-1', 6, 6, 2, '2024-12-05T06:30:00.000'),
    (63, 70, 'B11-3', 59, 5, 10, NULL),
    (64, 70, 'C01-1', 60, 4, 5, '2024-03-15T06:30:00.003'),
    (65, 10, 'A01-2', 3, 0, 3, NULL),
    (65, 70, 'B10-3', 103, 6, 10, NULL),
    (66, 70, 'B11-3', 93, 0, 20, '2024-03-27T06:30:00.997'),
    (67, 10, 'B02-1', 9, 5, 4, '2024-03-23T06:30:00.000'),
    (67, 70, 'C01-2', 50, 6, 5, NULL),
    (68, 50, 'B02-1', 4, 0, 3, NULL),
    (68, 60, 'A01-2', 8, 5, 3, '2024-01-19T06:30:00.997'),
    (68, 70, 'B10-3', 47, 6, 10, NULL),
    (69, 60, 'A01-1', 8, 4, 2, NULL),
    (69, 70, 'C01-2', 34, 1, 10, NULL),
    (70, 70, 'B11-3', 54, 3, 10, NULL),
    (71, 50, 'A01-1', 1, 1, 2, '2024-10-08T06:30:00.997'),
    (71, 60, 'B02-1', 2, 0, 4, '2024-09-23T06:30:00.997'),
    (71, 70, 'A02-1', 2, 2, 10, NULL),
    (72, 10, 'B02-1', 0, 0, 3, NULL),
    (72, 70, 'B11-3', 98, 3, 10, NULL);
INSERT INTO Inventory.StockLevel (ProductID, LocationID, BinCode, QuantityOnHand, QuantityReserved, ReorderPoint, LastCountedAt)
VALUES
    (73, 20, 'A01-2', 4, 3, 3, NULL),
    (73, 30, 'A01-1', 8, 6, 2, NULL),
    (73, 70, 'A01-1', 98, 1, 5, NULL),
    (74, 30, 'A01-2', 4, 0, 3, NULL),
    (74, 70, NULL, 49, 6, 5, NULL),
    (75, 20, 'B02-1', 4, 0, 4, NULL),
    (75, 70, 'A01-1', 52, 4, 10, '2024-05-07T06:30:00.997'),
    (76, 40, 'A01-1', 4, 1, 4, '2024-03-01T06:30:00.000'),
    (76, 70, 'C01-1', 110, 0, 10, '2024-06-13T06:30:00.997'),
    (77, 10, 'B02-1', 3, 0, 2, '2024-02-08T06:30:00.003'),
    (77, 40, 'A01-2', 10, 6, 4, NULL),
    (77, 70, 'A01-1', 101, 0, 10, '2024-07-06T06:30:00.000'),
    (79, 70, 'B11-3', 21, 4, 20, NULL),
    (80, 20, 'B02-1', 4, 0, 3, '2024-02-26T06:30:00.997'),
    (80, 60, 'A01-2', 8, 2, 4, '2024-12-22T06:30:00.003'),
    (80, 70, 'C01-1', 56, 4, 5, '2024-03-11T06:30:00.003');
GO
SET IDENTITY_INSERT Inventory.PurchaseOrder ON;
INSERT INTO Inventory.PurchaseOrder (PurchaseOrderID, SupplierID, LocationID, BuyerID, Status, OrderedOn, ExpectedOn, FreightCost)
VALUES
    (1, 2, 40, NULL, 'C', '20230116 11:00', NULL, 0),
    (2, 6, 70, 30, 'C', '20230212 12:23', '20230312', 120.50),
    (3, 5, 70, NULL, 'C', '20230311 10:30', '20230325', 310.00),
    (4, 8, 70, 29, 'C', '20230407 11:40', '20230606', 120.50),
    (5, 1, 70, 29, 'c', '20230504 12:28', '20230703', 45.00),
    (6, 6, 70, NULL, 'C', '20230531 12:22', '20230614', 0),
    (7, 11, 10, 29, 'C', '20230627 11:10', '20230711', 45.00),
    (8, 9, 70, NULL, 'C', '20230724 13:04', NULL, 0),
    (9, 1, 70, 30, 'C', '20230820 13:55', '20230903', 120.50),
    (10, 8, 70, NULL, 'X', '20230916 11:24', '20230930', 120.50),
    (11, 3, 70, NULL, 'C', '20231013 13:55', '20231027', 310.00),
    (12, 1, 70, NULL, 'C', '20231109 13:09', '20231207', 310.00),
    (13, 5, 10, 29, 'C', '20231206 10:56', '20240103', 45.00),
    (14, 3, 70, 29, 'C', '20240102 12:05', '20240130', 310.00),
    (15, 7, 70, 30, 'C', '20240129 13:43', NULL, 45.00),
    (16, 8, 70, 30, 'C', '20240225 11:52', '20240324', 45.00),
    (17, 8, 70, 30, 'c', '20240323 13:10', '20240420', 0),
    (18, 4, 70, 29, 'C', '20240419 10:57', '20240618', 45.00),
    (19, 11, 10, NULL, 'C', '20240516 12:36', '20240715', 45.00),
    (20, 1, 70, 29, 'C', '20240612 13:20', '20240626', 310.00),
    (21, 9, 70, 29, 'C', '20240709 13:18', '20240907', 120.50),
    (22, 5, 70, NULL, 'P', '20240805 12:58', NULL, 120.50),
    (23, 8, 70, 30, 'P', '20240901 13:48', '20241031', 0),
    (24, 4, 70, NULL, 'S', '20240928 13:42', '20241127', 0),
    (25, 1, 40, NULL, 'S', '20241025 10:00', '20241122', 0),
    (26, 4, 70, 29, 'D', '20241121 11:48', '20241219', 310.00);
SET IDENTITY_INSERT Inventory.PurchaseOrder OFF;
GO
INSERT INTO Inventory.PurchaseOrderLine (PurchaseOrderID, LineNumber, ProductID, SupplierID, OrderedQuantity, ReceivedQuantity, RejectedQuantity, UnitCost)
VALUES
    (1, 1, 6, 2, 10, 10, 0, 52.3000),
    (1, 2, 8, 2, 8, 8, 1, 104.0000),
    (2, 1, 46, 6, 6, 6, 0, 15.2000),
    (2, 2, 55, 6, 12, 12, 0, 14.1000),
    (2, 3, 59, 6, 5, 5, 0, 4.8000),
    (2, 4, 79, 6, 12, 12, 1, 1.1500),
    (3, 1, 23, 5, 10, 10, 0, 6.7500),
    (3, 2, 24, 5, 5, 5, 2, 4.6000),
    (4, 1, 35, 8, 6, 6, 0, 12.7500),
    (4, 2, 41, 8, 24, 24, 0, 12.1000),
    (4, 3, 50, 8, 48, 48, 0, 36.4500),
    (4, 4, 61, 8, 12, 12, 0, 16.3000),
    (5, 1, 12, 1, 48, 48, 1, 4.2000),
    (5, 2, 29, 1, 10, 10, 2, 55.0000),
    (6, 1, 30, 6, 12, 12, 2, 10.6000),
    (7, 1, 8, 11, 24, 24, 0, 98.2800),
    (7, 2, 66, 11, 8, 8, 0, 21.0000),
    (8, 1, 11, 9, 24, 24, 2, 3.9000),
    (8, 2, 21, 9, 8, 8, 2, 9.8000),
    (9, 1, 40, 1, 12, 12, 0, 92.4000),
    (9, 2, 51, 1, 96, 96, 2, 201.0000),
    (9, 3, 72, 1, 24, 24, 1, 33.1000),
    (10, 1, 41, 8, 96, 0, 0, 12.1000),
    (10, 2, 61, 8, 12, 0, 0, 16.3000),
    (10, 3, 67, 8, 24, 0, 0, 6.8500),
    (11, 1, 9, 3, 24, 24, 0, 38.4000),
    (11, 2, 14, 3, 8, 8, 1, 9.1000),
    (11, 3, 68, 3, 10, 10, 0, 7.9000),
    (11, 4, 69, 3, 5, 5, 1, 20.2000),
    (12, 1, 19, 1, 48, 48, 0, 20.1500),
    (12, 2, 22, 1, 8, 8, 1, 5.4000),
    (12, 3, 63, 1, 24, 24, 0, 24.1000),
    (13, 1, 62, 5, 6, 6, 2, 3.2000),
    (13, 2, 77, 5, 48, 48, 0, 4.1000),
    (14, 1, 1, 3, 10, 10, 1, 61.2000),
    (15, 1, 44, 7, 12, 12, 0, 17.9500),
    (15, 2, 49, 7, 24, 24, 1, 83.5000),
    (16, 1, 35, 8, 6, 6, 1, 12.7500),
    (16, 2, 41, 8, 48, 48, 1, 12.1000),
    (16, 3, 50, 8, 96, 96, 0, 36.4500);
INSERT INTO Inventory.PurchaseOrderLine (PurchaseOrderID, LineNumber, ProductID, SupplierID, OrderedQuantity, ReceivedQuantity, RejectedQuantity, UnitCost)
VALUES
    (16, 4, 61, 8, 24, 24, 2, 16.3000),
    (17, 1, 35, 8, 6, 6, 0, 12.7500),
    (18, 1, 38, 4, 24, 24, 2, 31.0000),
    (18, 2, 42, 4, 24, 24, 1, 28.8500),
    (18, 3, 58, 4, 24, 24, 1, 9.7500),
    (18, 4, 75, 4, 48, 48, 2, 6.4000),
    (19, 1, 34, 11, 24, 24, 2, 12.4000),
    (20, 1, 12, 1, 48, 48, 0, 4.2000),
    (20, 2, 33, 1, 12, 12, 1, 9.9500),
    (20, 3, 40, 1, 48, 48, 2, 92.4000),
    (21, 1, 11, 9, 24, 24, 2, 3.9000),
    (21, 2, 34, 9, 6, 6, 0, 11.7800),
    (21, 3, 74, 9, 12, 12, 2, 6.4000),
    (22, 1, 23, 5, 10, 5, 0, 6.7500),
    (23, 1, 50, 8, 96, 48, 2, 36.4500),
    (23, 2, 61, 8, 6, 3, 0, 16.3000),
    (24, 1, 38, 4, 48, 0, 0, 31.0000),
    (24, 2, 58, 4, 48, 0, 0, 9.7500),
    (25, 1, 22, 1, 8, 0, 0, 5.4000),
    (26, 1, 4, 4, 24, 0, 0, 19.9500),
    (26, 2, 37, 4, 5, 0, 0, 39.4000);
GO
INSERT INTO Inventory.StockMovement (ProductID, LocationID, MovedAt, MovementType, Quantity, UnitCost, SalesOrderID, PurchaseOrderID, Note)
VALUES
    (6, 40, '2023-01-25 11:00:00', 'RCV', 10, 52.3000, NULL, 1, NULL),
    (8, 40, '2023-02-08 11:00:00', 'RCV', 7, 104.0000, NULL, 1, NULL),
    (46, 70, '2023-02-25 12:23:00', 'RCV', 6, 15.2000, NULL, 2, NULL),
    (55, 70, '2023-03-05 12:23:00', 'RCV', 12, 14.1000, NULL, 2, NULL),
    (79, 70, '2023-03-08 12:23:00', 'RCV', 11, 1.1500, NULL, 2, NULL),
    (59, 70, '2023-03-11 12:23:00', 'rcv', 5, 4.8000, NULL, 2, NULL),
    (24, 70, '2023-03-22 10:30:00', 'RCV', 3, 4.6000, NULL, 3, NULL),
    (23, 70, '2023-03-31 10:30:00', 'RCV', 10, 6.7500, NULL, 3, NULL),
    (41, 70, '2023-04-21 11:40:00', 'RCV', 24, 12.1000, NULL, 4, NULL),
    (50, 70, '2023-04-21 11:40:00', 'RCV', 48, 36.4500, NULL, 4, NULL),
    (35, 70, '2023-04-25 11:40:00', 'RCV', 6, 12.7500, NULL, 4, NULL),
    (61, 70, '2023-04-29 11:40:00', 'RCV', 12, 16.3000, NULL, 4, NULL),
    (29, 70, '2023-05-21 12:28:00', 'RCV', 8, 55.0000, NULL, 5, NULL),
    (12, 70, '2023-05-27 12:28:00', 'RCV', 47, 4.2000, NULL, 5, NULL),
    (30, 70, '2023-06-26 12:22:00', 'RCV', 10, 10.6000, NULL, 6, NULL),
    (66, 10, '2023-07-11 11:10:00', 'RCV', 8, 21.0000, NULL, 7, NULL),
    (8, 10, '2023-07-24 11:10:00', 'RCV', 24, 98.2800, NULL, 7, NULL),
    (11, 70, '2023-08-11 13:04:00', 'RCV', 22, 3.9000, NULL, 8, NULL),
    (21, 70, '2023-08-18 13:04:00', 'RCV', 6, 9.8000, NULL, 8, NULL),
    (51, 70, '2023-09-03 13:55:00', 'RCV', 94, 201.0000, NULL, 9, NULL),
    (40, 70, '2023-09-04 13:55:00', 'RCV', 12, 92.4000, NULL, 9, NULL),
    (72, 70, '2023-09-04 13:55:00', 'RCV', 23, 33.1000, NULL, 9, NULL),
    (14, 70, '2023-10-26 13:55:00', 'RCV', 7, 9.1000, NULL, 11, NULL),
    (9, 70, '2023-10-29 13:55:00', 'RCV', 24, 38.4000, NULL, 11, NULL),
    (69, 70, '2023-11-07 13:55:00', 'RCV', 4, 20.2000, NULL, 11, NULL),
    (68, 70, '2023-11-11 13:55:00', 'RCV', 10, 7.9000, NULL, 11, NULL),
    (22, 70, '2023-11-18 13:09:00', 'RCV', 7, 5.4000, NULL, 12, NULL),
    (63, 70, '2023-11-23 13:09:00', 'RCV', 24, 24.1000, NULL, 12, NULL),
    (19, 70, '2023-12-04 13:09:00', 'RCV', 48, 20.1500, NULL, 12, NULL),
    (62, 10, '2023-12-15 10:56:00', 'RCV', 4, 3.2000, NULL, 13, NULL),
    (77, 10, '2024-01-02 10:56:00', 'RCV', 48, 4.1000, NULL, 13, NULL),
    (50, 70, '2024-01-05 07:00:00', 'TRF', -4, NULL, NULL, NULL, 'to shop 60'),
    (50, 60, '2024-01-05 12:00:00', 'TRF', 4, NULL, NULL, NULL, 'from DC-HULL '),
    (21, 70, '2024-01-17 07:00:00', 'TRF', -2, NULL, NULL, NULL, 'to shop 40'),
    (21, 40, '2024-01-17 12:00:00', 'TRF', 2, NULL, NULL, NULL, 'from DC-HULL '),
    (1, 70, '2024-01-28 12:05:00', 'RCV', 9, 61.2000, NULL, 14, NULL),
    (22, 70, '2024-02-06 07:00:00', 'TRF', -6, NULL, NULL, NULL, 'to shop 30'),
    (22, 30, '2024-02-06 12:00:00', 'TRF', 6, NULL, NULL, NULL, 'from DC-HULL '),
    (44, 70, '2024-02-09 13:43:00', 'RCV', 12, 17.9500, NULL, 15, NULL),
    (49, 70, '2024-02-14 13:43:00', 'RCV', 23, 83.5000, NULL, 15, NULL),
    (28, 70, '2024-02-18 07:00:00', 'TRF', -4, NULL, NULL, NULL, 'to shop 60'),
    (28, 60, '2024-02-18 12:00:00', 'TRF', 4, NULL, NULL, NULL, 'from DC-HULL '),
    (20, 70, '2024-03-07 07:00:00', 'trf', -4, NULL, NULL, NULL, 'to shop 60'),
    (20, 60, '2024-03-07 12:00:00', 'TRF', 4, NULL, NULL, NULL, 'from DC-HULL '),
    (35, 70, '2024-03-10 11:52:00', 'RCV', 5, 12.7500, NULL, 16, NULL),
    (61, 70, '2024-03-16 11:52:00', 'RCV', 22, 16.3000, NULL, 16, NULL),
    (41, 70, '2024-03-21 11:52:00', 'RCV', 47, 12.1000, NULL, 16, NULL),
    (50, 70, '2024-03-23 11:52:00', 'RCV', 96, 36.4500, NULL, 16, NULL),
    (38, 70, '2024-04-08 07:00:00', 'TRF', -2, NULL, NULL, NULL, 'to shop 30'),
    (38, 30, '2024-04-08 12:00:00', 'TRF', 2, NULL, NULL, NULL, 'from DC-HULL '),
    (35, 70, '2024-04-16 13:10:00', 'RCV', 6, 12.7500, NULL, 17, NULL),
    (58, 70, '2024-04-28 10:57:00', 'RCV', 23, 9.7500, NULL, 18, NULL),
    (42, 70, '2024-05-04 10:57:00', 'RCV', 23, 28.8500, NULL, 18, NULL),
    (38, 70, '2024-05-08 10:57:00', 'RCV', 22, 31.0000, NULL, 18, NULL),
    (30, 70, '2024-05-09 07:00:00', 'TRF', -2, NULL, NULL, NULL, 'to shop 60'),
    (30, 60, '2024-05-09 12:00:00', 'TRF', 2, NULL, NULL, NULL, 'from DC-HULL '),
    (75, 70, '2024-05-14 10:57:00', 'RCV', 46, 6.4000, NULL, 18, NULL),
    (34, 10, '2024-05-25 12:36:00', 'RCV', 22, 12.4000, NULL, 19, NULL),
    (13, 70, '2024-06-10 07:00:00', 'TRF', -6, NULL, NULL, NULL, 'to shop 10'),
    (13, 10, '2024-06-10 12:00:00', 'TRF', 6, NULL, NULL, NULL, 'from DC-HULL ');
INSERT INTO Inventory.StockMovement (ProductID, LocationID, MovedAt, MovementType, Quantity, UnitCost, SalesOrderID, PurchaseOrderID, Note)
VALUES
    (40, 70, '2024-06-25 13:20:00', 'RCV', 46, 92.4000, NULL, 20, NULL),
    (33, 70, '2024-06-26 13:20:00', 'RCV', 11, 9.9500, NULL, 20, NULL),
    (12, 70, '2024-07-06 13:20:00', 'RCV', 48, 4.2000, NULL, 20, NULL),
    (57, 70, '2024-07-11 07:00:00', 'TRF', -6, NULL, NULL, NULL, 'to shop 10'),
    (57, 10, '2024-07-11 12:00:00', 'TRF', 6, NULL, NULL, NULL, 'from DC-HULL '),
    (52, 20, '2024-07-22 15:00:00', 'RTN', 1, NULL, 5103, NULL, NULL),
    (34, 70, '2024-07-23 13:18:00', 'RCV', 6, 11.7800, NULL, 21, NULL),
    (11, 70, '2024-07-24 13:18:00', 'RCV', 22, 3.9000, NULL, 21, NULL),
    (74, 70, '2024-08-07 13:18:00', 'RCV', 10, 6.4000, NULL, 21, NULL),
    (27, 70, '2024-08-08 14:53:00', 'SAL', -2, NULL, 5113, NULL, NULL),
    (22, 70, '2024-08-08 14:53:00', 'SAL', -1, NULL, 5113, NULL, NULL),
    (68, 70, '2024-08-08 14:53:00', 'SAL', -1, NULL, 5113, NULL, NULL),
    (6, 70, '2024-08-12 07:00:00', 'TRF', -2, NULL, NULL, NULL, 'to shop 30'),
    (6, 30, '2024-08-12 12:00:00', 'TRF', 2, NULL, NULL, NULL, 'from DC-HULL '),
    (27, 50, '2024-08-13 13:17:00', 'SAL', -1, NULL, 5116, NULL, NULL),
    (19, 50, '2024-08-13 13:17:00', 'SAL', -1, NULL, 5116, NULL, NULL),
    (64, 50, '2024-08-13 13:17:00', 'SAL', -1, NULL, 5116, NULL, NULL),
    (75, 50, '2024-08-13 13:17:00', 'SAL', -1, NULL, 5116, NULL, NULL),
    (38, 60, '2024-08-16 14:50:00', 'SAL', -1, NULL, 5117, NULL, NULL),
    (49, 60, '2024-08-16 14:50:00', 'sal', -1, NULL, 5117, NULL, NULL),
    (55, 60, '2024-08-16 14:50:00', 'SAL', -1, NULL, 5117, NULL, NULL),
    (71, 60, '2024-08-16 14:50:00', 'SAL', -1, NULL, 5117, NULL, NULL),
    (1, 70, '2024-08-20 14:08:00', 'SAL', -3, NULL, 5118, NULL, NULL),
    (72, 70, '2024-08-20 14:08:00', 'SAL', -6, NULL, 5118, NULL, NULL),
    (46, 70, '2024-08-20 14:08:00', 'SAL', -1, NULL, 5118, NULL, NULL),
    (66, 70, '2024-08-21 12:38:00', 'SAL', -1, NULL, 5119, NULL, NULL),
    (12, 70, '2024-08-21 12:38:00', 'SAL', -2, NULL, 5119, NULL, NULL),
    (39, 70, '2024-08-21 12:38:00', 'SAL', -4, NULL, 5119, NULL, NULL),
    (56, 70, '2024-08-21 21:13:00', 'SAL', -6, NULL, 5120, NULL, NULL),
    (15, 70, '2024-08-21 21:13:00', 'SAL', -3, NULL, 5120, NULL, NULL),
    (59, 50, '2024-08-22 15:00:00', 'RTN', 3, NULL, 5110, NULL, NULL),
    (23, 70, '2024-08-23 12:58:00', 'RCV', 5, 6.7500, NULL, 22, NULL),
    (3, 10, '2024-08-25 19:00:00', 'SAL', -1, NULL, 5121, NULL, NULL),
    (64, 70, '2024-08-26 18:16:00', 'SAL', -1, NULL, 5122, NULL, NULL),
    (39, 70, '2024-08-28 18:29:00', 'SAL', -2, NULL, 5123, NULL, NULL),
    (68, 70, '2024-08-29 21:39:00', 'SAL', -1, NULL, 5124, NULL, NULL),
    (20, 70, '2024-08-29 21:39:00', 'SAL', -2, NULL, 5124, NULL, NULL);
GO
INSERT INTO [Inventory].[StockMovement] ([ProductID], [LocationID], [MovedAt], [MovementType], [Quantity], [UnitCost], [SalesOrderID], [PurchaseOrderID], [Note])
VALUES
    (57, 10, '2024-08-31 18:01:00', 'SAL', -2, NULL, 5125, NULL, NULL),
    (24, 10, '2024-08-31 18:01:00', 'SAL', -3, NULL, 5125, NULL, NULL),
    (1, 70, '2024-09-01 00:55:00', 'SAL', -2, NULL, 5126, NULL, NULL),
    (54, 70, '2024-09-01 00:55:00', 'SAL', -1, NULL, 5126, NULL, NULL),
    (19, 50, '2024-09-02 15:00:00', 'RTN', 1, NULL, 5116, NULL, NULL),
    (3, 10, '2024-09-03 15:00:00', 'RTN', 1, NULL, 5121, NULL, NULL),
    (56, 70, '2024-09-08 15:00:00', 'RTN', 5, NULL, 5120, NULL, NULL),
    (49, 70, '2024-09-10 10:38:00', 'SAL', -1, NULL, 5127, NULL, NULL),
    (1, 70, '2024-09-10 10:38:00', 'SAL', -4, NULL, 5127, NULL, NULL),
    (40, 70, '2024-09-10 10:38:00', 'SAL', -1, NULL, 5127, NULL, NULL),
    (11, 70, '2024-09-13 07:00:00', 'TRF', -6, NULL, NULL, NULL, 'to shop 30'),
    (11, 30, '2024-09-13 12:00:00', 'TRF', 6, NULL, NULL, NULL, 'from DC-HULL '),
    (42, 70, '2024-09-14 11:45:00', 'SAL', -2, NULL, 5128, NULL, NULL),
    (67, 70, '2024-09-14 11:45:00', 'SAL', -1, NULL, 5128, NULL, NULL),
    (54, 70, '2024-09-14 11:45:00', 'SAL', -1, NULL, 5128, NULL, NULL),
    (76, 70, '2024-09-14 11:45:00', 'SAL', -6, NULL, 5128, NULL, NULL),
    (40, 70, '2024-09-14 11:45:00', 'SAL', -1, NULL, 5128, NULL, NULL),
    (67, 70, '2024-09-17 14:45:00', 'SAL', -1, NULL, 5129, NULL, NULL),
    (52, 70, '2024-09-17 14:45:00', 'SAL', -6, NULL, 5129, NULL, NULL),
    (70, 70, '2024-09-17 14:45:00', 'sal', -2, NULL, 5129, NULL, NULL),
    (56, 70, '2024-09-17 14:45:00', 'SAL', -1, NULL, 5129, NULL, NULL),
    (27, 70, '2024-09-17 14:45:00', 'SAL', -2, NULL, 5129, NULL, NULL),
    (80, 60, '2024-09-19 18:56:00', 'SAL', -1, NULL, 5131, NULL, NULL),
    (77, 60, '2024-09-19 18:56:00', 'SAL', -1, NULL, 5131, NULL, NULL),
    (18, 60, '2024-09-19 18:56:00', 'SAL', -1, NULL, 5131, NULL, NULL),
    (61, 70, '2024-09-24 13:48:00', 'RCV', 3, 16.3000, NULL, 23, NULL),
    (33, 70, '2024-09-26 12:13:00', 'SAL', -1, NULL, 5132, NULL, NULL),
    (52, 70, '2024-09-26 12:13:00', 'SAL', -1, NULL, 5132, NULL, NULL),
    (6, 70, '2024-09-26 12:13:00', 'SAL', -1, NULL, 5132, NULL, NULL),
    (70, 70, '2024-09-26 12:13:00', 'SAL', -4, NULL, 5132, NULL, NULL),
    (50, 70, '2024-09-30 13:48:00', 'RCV', 46, 36.4500, NULL, 23, NULL),
    (42, 70, '2024-10-05 15:00:00', 'RTN', 1, NULL, 5128, NULL, NULL),
    (76, 70, '2024-10-06 15:00:00', 'RTN', 5, NULL, 5128, NULL, NULL),
    (25, 30, '2024-10-07 11:19:00', 'SAL', -3, NULL, 5133, NULL, NULL),
    (67, 30, '2024-10-07 11:19:00', 'SAL', -2, NULL, 5133, NULL, NULL),
    (32, 30, '2024-10-07 16:40:00', 'SAL', -6, NULL, 5134, NULL, NULL),
    (71, 30, '2024-10-07 16:40:00', 'SAL', -1, NULL, 5134, NULL, NULL),
    (26, 30, '2024-10-07 16:40:00', 'SAL', -2, NULL, 5134, NULL, NULL),
    (4, 70, '2024-10-14 07:00:00', 'TRF', -6, NULL, NULL, NULL, 'to shop 50'),
    (4, 50, '2024-10-14 12:00:00', 'TRF', 6, NULL, NULL, NULL, 'from DC-HULL '),
    (37, 10, '2024-10-15 19:25:00', 'SAL', -2, NULL, 5135, NULL, NULL),
    (24, 10, '2024-10-15 19:25:00', 'SAL', -1, NULL, 5135, NULL, NULL),
    (33, 10, '2024-10-15 19:25:00', 'SAL', -1, NULL, 5135, NULL, NULL),
    (52, 70, '2024-10-23 20:12:00', 'SAL', -1, NULL, 5136, NULL, NULL),
    (2, 70, '2024-10-23 20:12:00', 'SAL', -1, NULL, 5136, NULL, NULL),
    (27, 70, '2024-10-23 20:12:00', 'SAL', -3, NULL, 5136, NULL, NULL),
    (39, 70, '2024-10-23 20:12:00', 'SAL', -1, NULL, 5136, NULL, NULL),
    (67, 20, '2024-10-24 16:26:00', 'SAL', -2, NULL, 5137, NULL, NULL),
    (40, 20, '2024-10-24 16:26:00', 'SAL', -1, NULL, 5137, NULL, NULL),
    (39, 20, '2024-10-24 16:26:00', 'SAL', -3, NULL, 5137, NULL, NULL),
    (25, 60, '2024-10-31 18:19:00', 'SAL', -2, NULL, 5138, NULL, NULL),
    (56, 60, '2024-10-31 18:19:00', 'SAL', -2, NULL, 5138, NULL, NULL),
    (54, 60, '2024-10-31 18:19:00', 'SAL', -2, NULL, 5138, NULL, NULL),
    (6, 60, '2024-10-31 18:19:00', 'SAL', -6, NULL, 5138, NULL, NULL),
    (19, 60, '2024-10-31 18:19:00', 'SAL', -1, NULL, 5138, NULL, NULL),
    (38, 60, '2024-11-01 20:37:00', 'SAL', -2, NULL, 5139, NULL, NULL),
    (12, 70, '2024-11-02 18:13:00', 'sal', -2, NULL, 5140, NULL, NULL),
    (27, 70, '2024-11-02 18:13:00', 'SAL', -1, NULL, 5140, NULL, NULL),
    (34, 70, '2024-11-02 18:13:00', 'SAL', -1, NULL, 5140, NULL, NULL),
    (40, 70, '2024-11-10 16:15:00', 'SAL', -1, NULL, 5141, NULL, NULL)
INSERT INTO [Inventory].[StockMovement] ([ProductID], [LocationID], [MovedAt], [MovementType], [Quantity], [UnitCost], [SalesOrderID], [PurchaseOrderID], [Note])
VALUES
    (2, 70, '2024-11-15 07:00:00', 'TRF', -2, NULL, NULL, NULL, 'to shop 60'),
    (2, 60, '2024-11-15 12:00:00', 'TRF', 2, NULL, NULL, NULL, 'from DC-HULL '),
    (59, 70, '2024-11-20 16:37:00', 'SAL', -2, NULL, 5143, NULL, NULL),
    (39, 70, '2024-11-20 16:37:00', 'SAL', -1, NULL, 5143, NULL, NULL),
    (34, 70, '2024-11-20 16:37:00', 'SAL', -1, NULL, 5143, NULL, NULL),
    (16, 70, '2024-11-20 16:37:00', 'SAL', -2, NULL, 5143, NULL, NULL),
    (64, 70, '2024-11-28 17:43:00', 'SAL', -4, NULL, 5144, NULL, NULL),
    (4, 70, '2024-11-28 17:43:00', 'SAL', -2, NULL, 5144, NULL, NULL),
    (70, 70, '2024-11-28 17:43:00', 'SAL', -1, NULL, 5144, NULL, NULL),
    (37, 70, '2024-11-28 17:43:00', 'SAL', -2, NULL, 5144, NULL, NULL),
    (6, 70, '2024-12-08 17:26:00', 'SAL', -2, NULL, 5146, NULL, NULL),
    (66, 70, '2024-12-08 17:26:00', 'SAL', -1, NULL, 5146, NULL, NULL),
    (54, 70, '2024-12-08 17:26:00', 'SAL', -2, NULL, 5146, NULL, NULL),
    (77, 70, '2024-12-15 19:38:00', 'SAL', -6, NULL, 5147, NULL, NULL),
    (52, 70, '2024-12-15 19:38:00', 'SAL', -1, NULL, 5147, NULL, NULL),
    (38, 70, '2024-12-16 07:00:00', 'TRF', -4, NULL, NULL, NULL, 'to shop 60'),
    (38, 60, '2024-12-16 12:00:00', 'TRF', 4, NULL, NULL, NULL, 'from DC-HULL '),
    (9, 70, '2024-12-20 19:00:00', 'SAL', -4, NULL, 5148, NULL, NULL),
    (26, 10, '2024-12-22 15:20:00', 'SAL', -2, NULL, 5149, NULL, NULL),
    (77, 70, '2024-12-25 15:26:00', 'SAL', -1, NULL, 5150, NULL, NULL),
    (11, 70, '2024-12-28 13:49:00', 'SAL', -2, NULL, 5151, NULL, NULL),
    (50, 70, '2024-12-28 13:49:00', 'SAL', -2, NULL, 5151, NULL, NULL),
    (68, 30, '2024-12-29 19:26:00', 'SAL', -1, NULL, 5152, NULL, NULL),
    (70, 70, '2024-12-30 18:00:00', 'ADJ', 2, NULL, NULL, NULL, 'breakage'),
    (65, 70, '2024-12-30 18:07:00', 'ADJ', 1, NULL, NULL, NULL, 'year-end count'),
    (47, 70, '2024-12-30 18:14:00', 'ADJ', 2, NULL, NULL, NULL, 'found behind the till, it''s fine'),
    (13, 60, '2024-12-30 18:21:00', 'ADJ', 2, NULL, NULL, NULL, 'breakage'),
    (69, 40, '2024-12-30 18:28:00', 'ADJ', 1, NULL, NULL, NULL, 'breakage'),
    (55, 40, '2024-12-30 18:35:00', 'ADJ', -3, NULL, NULL, NULL, 'found behind the till, it''s fine'),
    (7, 60, '2024-12-30 18:42:00', 'ADJ', -2, NULL, NULL, NULL, 'found behind the till, it''s fine'),
    (19, 30, '2024-12-30 18:49:00', 'ADJ', -2, NULL, NULL, NULL, 'year-end count'),
    (7, 40, '2024-12-30 18:56:00', 'ADJ', 1, NULL, NULL, NULL, 'year-end count'),
    (35, 50, '2024-12-30 19:03:00', 'ADJ', 1, NULL, NULL, NULL, 'found behind the till, it''s fine'),
    (26, 10, '2024-12-31 15:00:00', 'rtn', 2, NULL, 5149, NULL, NULL),
    (52, 40, '2025-01-06 10:51:00', 'SAL', -1, NULL, 5153, NULL, NULL),
    (22, 40, '2025-01-11 12:16:00', 'SAL', -2, NULL, 5154, NULL, NULL),
    (50, 40, '2025-01-14 13:38:00', 'SAL', -2, NULL, 5155, NULL, NULL)
GO
-- what the audit looked like before the trigger existed
INSERT INTO dbo.AuditLog (TableName, Action, ChangedAt, ChangedBy, Details)
VALUES (N'Catalog.Product', 'U', '2024-06-30T22:10:05.123', N'HARBOUR\ingrid', N'<change id="36"><discontinuedOn>2024-06-30</discontinuedOn></change>'),
       (N'Catalog.Product', 'u', '2024-09-30T22:00:00', N'HARBOUR\ingrid', N'<change id="42"><discontinuedOn>2024-09-30</discontinuedOn></change>'),
       (N'Catalog.Product', 'U', '2024-11-15T08:31:47.5', N'HARBOUR\hanne', N'<change id="71"/>');
INSERT dbo.AuditLog (TableName, Action, Details) VALUES (N'Sales.Customer', 'D', NULL);
GO

------------------------------------------------------------------------------------------------
-- Functions
------------------------------------------------------------------------------------------------
GO
/* The financial year starts on 1 February: January belongs to the year before. */
CREATE FUNCTION Sales.fnFiscalYear (@Date date)
RETURNS int
WITH SCHEMABINDING
AS
BEGIN
    RETURN YEAR(DATEADD(month, -1, @Date));
END
GO

CREATE FUNCTION Sales.fnLoyaltyPoints
(
    @Amount   decimal(12, 2),
    @TierCode char(3)
)
RETURNS int
AS
BEGIN
    DECLARE @Points int = 0, @Rate decimal(4, 2)

    SELECT @Rate = PointsPerUnit FROM Sales.LoyaltyTier WHERE TierCode = @TierCode

    IF @Amount <= 0 OR @Rate IS NULL
        RETURN 0

    SET @Points = FLOOR(@Amount * @Rate)
    IF @Amount > 500 SET @Points += 50

    RETURN @Points
END
GO

CREATE FUNCTION Sales.fnCustomerOrders (@CustomerID int, @From date = NULL)
RETURNS TABLE
AS
RETURN
(
    SELECT o.SalesOrderID, o.OrderNumber, o.OrderDate, o.Status,
           COUNT(*)         AS Lines,
           SUM(l.LineTotal) AS Goods,
           o.ShippingFee
    FROM Sales.SalesOrder AS o
    INNER JOIN Sales.SalesOrderLine AS l ON l.SalesOrderID = o.SalesOrderID
    WHERE o.CustomerID = @CustomerID
      AND (@From IS NULL OR o.OrderDate >= @From)
    GROUP BY o.SalesOrderID, o.OrderNumber, o.OrderDate, o.Status, o.ShippingFee
);
GO

-- The way from the root of the tree down to one category.
CREATE FUNCTION [Catalog].[fnCategoryPath] (@CategoryID int)
RETURNS @Path TABLE
(
    Depth      int NOT NULL PRIMARY KEY,
    CategoryID int NOT NULL,
    Name       nvarchar(60) NOT NULL
)
AS
BEGIN
    DECLARE @Current int = @CategoryID;
    DECLARE @Depth int = 0;

    WHILE @Current IS NOT NULL AND @Depth > -20
    BEGIN
        INSERT INTO @Path (Depth, CategoryID, Name)
        SELECT @Depth, c.CategoryID, c.Name FROM [Catalog].Category c WHERE c.CategoryID = @Current;

        SELECT @Current = (SELECT ParentCategoryID FROM [Catalog].Category WHERE CategoryID = @Current),
               @Depth = @Depth - 1;
    END;

    RETURN;
END;
GO

------------------------------------------------------------------------------------------------
-- Views, from the simplest to the hardest
------------------------------------------------------------------------------------------------
GO
CREATE VIEW [Catalog].vActiveProduct
AS
SELECT ProductID, SKU, Name, CategoryID, BrandID, ListPrice, StandardCost, Margin, WeightKg, LaunchedOn
FROM [Catalog].Product
WHERE DiscontinuedOn IS NULL
  AND SKU NOT LIKE 'hv-gft%'
GO

CREATE VIEW [Sales].[vOrderLineDetail]
AS
SELECT [o].[SalesOrderID], [o].[OrderNumber], [o].[CustomerID], [o].[LocationID], [o].[Channel], [o].[Status], [o].[OrderDate],
	[l].[LineNumber], [p].[ProductID], [p].[SKU], [p].[Name] AS [ProductName], [c].[CategoryID], [c].[Name] AS [CategoryName],
	[l].[Quantity], [l].[UnitPrice], [l].[DiscountPct], [l].[LineTotal],
	[l].[Quantity] * [p].[StandardCost] AS [LineCost],
	[l].[LineTotal] - [l].[Quantity] * [p].[StandardCost] AS [LineMargin]
FROM [Sales].[SalesOrder] [o]
	INNER JOIN [Sales].[SalesOrderLine] [l] ON [l].[SalesOrderID] = [o].[SalesOrderID]
	INNER JOIN [Catalog].[Product] [p] ON [p].[ProductID] = [l].[ProductID]
	INNER JOIN [Catalog].[Category] [c] ON [c].[CategoryID] = [p].[CategoryID]
GO

-- ISNULL takes the type of its first argument, COALESCE the highest of all.
CREATE VIEW Sales.vCustomerContact
AS
SELECT cu.CustomerID,
       cu.DisplayName,
       ISNULL(cu.FirstName + N' ', N'') + cu.LastName           AS PersonName,
       COALESCE(cu.Email, N'phone ' + cu.Phone, N'unreachable') AS BestContact,
       cu.Email,
       cu.Phone,
       a.Line1,
       RTRIM(a.City)                                            AS City,
       ISNULL(co.Name, N'(none)')                               AS Country,
       ISNULL(lt.Name, 'No tier')                               AS Tier,
       cu.MarketingOptIn
FROM Sales.Customer cu
LEFT JOIN Sales.CustomerAddress a ON a.CustomerID = cu.CustomerID AND a.IsDefault = 1
LEFT OUTER JOIN Sales.Country co ON co.CountryCode = a.CountryCode
LEFT JOIN Sales.LoyaltyTier lt ON lt.TierCode = cu.TierCode;
GO

CREATE VIEW Sales.vCategoryRevenue
AS
SELECT CategoryID,
       CategoryName,
       COUNT(DISTINCT SalesOrderID) AS Orders,
       COUNT(*)                     AS Lines,
       SUM(Quantity)                AS Units,
       SUM(LineTotal)               AS Revenue,
       AVG(LineTotal)               AS AverageLine,
       MIN(OrderDate)               AS FirstSold,
       MAX(OrderDate)               AS LastSold
FROM Sales.vOrderLineDetail
WHERE Status <> 'cancelled'
GROUP BY CategoryID, CategoryName
HAVING COUNT(*) >= 5 AND SUM(LineTotal) > 500
GO

CREATE VIEW Sales.vCustomerSegment AS
SELECT
    [Customer] = c.CustomerID,
    'Segment' = CASE
        WHEN c.CustomerType = 't' THEN 'Trade'
        WHEN s.Spent IS NULL THEN 'Never bought'
        WHEN s.Spent >= 750 THEN 'Champion'
        WHEN s.Spent >= 250 THEN 'Regular'
        ELSE 'Occasional'
    END,
    TierName = CASE c.TierCode WHEN 'BRZ' THEN 'Bronze' WHEN 'SLV' THEN 'Silver' WHEN 'GLD' THEN 'Gold' ELSE ISNULL(c.TierCode, '-') END,
    IIF(c.MarketingOptIn = 1 AND c.Email IS NOT NULL, 'yes', 'no') AS MayMail,
    CHOOSE(DATEPART(quarter, c.RegisteredAt), N'winter', N'spring', N'summer', N'autumn') AS JoinedIn,
    s.Spent,
    NULLIF(s.Discounted, 0) AS DiscountedLines
FROM Sales.Customer c
    LEFT JOIN (
        SELECT o.CustomerID, SUM(l.LineTotal) AS Spent, SUM(CASE WHEN l.DiscountPct > 0 THEN 1 ELSE 0 END) Discounted
        FROM Sales.SalesOrder o JOIN Sales.SalesOrderLine l ON o.SalesOrderID = l.SalesOrderID
        WHERE o.Status != 'Cancelled'
        GROUP BY o.CustomerID
    ) s ON s.CustomerID = c.CustomerID;
GO

CREATE VIEW Sales.vOrderTurnaround
AS
SELECT o.SalesOrderID,
       o.OrderDate,
       DATENAME(weekday, o.OrderDate)                             AS OrderedOn,
       DATEADD(month, DATEDIFF(month, 0, o.OrderDate), 0)         AS MonthStart,
       EOMONTH(o.OrderDate)                                       AS MonthEnd,
       YEAR(o.OrderDate) * 100 + MONTH(o.OrderDate)               AS YearMonth,
       DATEDIFF(day, o.OrderDate, o.ShippedDate)                  AS DaysToShip,
       DATEDIFF(hour, o.ShippedDate, o.DeliveredDate)             AS HoursInTransit,
       DATEDIFF(week, o.OrderDate, o.DeliveredDate)               AS WeekBoundaries,
       DATEADD(day, 14, o.DeliveredDate)                          AS ReturnUntil,
       o.ShippedDate + 1                                          AS DayAfterShipping,
       CONVERT(char(8), o.ShippedDate, 112)                       AS ShippedKey,
       CONVERT(varchar(10), o.OrderDate, 103)                     AS OrderedText,
       FORMAT(o.OrderDate, 'MMM yyyy', 'en-GB')                   AS MonthLabel,
       o.PlacedAt AT TIME ZONE 'UTC'                              AS PlacedAtUtc,
       CASE WHEN o.RequiredDate < CAST(o.DeliveredDate AS date) THEN 1 ELSE 0 END AS IsLate
FROM Sales.SalesOrder AS o
WHERE o.ShippedDate IS NOT NULL;
GO

CREATE VIEW Sales.vCustomerOrderSequence
AS
SELECT o.CustomerID,
       o.SalesOrderID,
       o.PlacedAt,
       t.Goods,
       ROW_NUMBER() OVER (PARTITION BY o.CustomerID ORDER BY o.PlacedAt, o.SalesOrderID)           AS OrderIndex,
       DATEDIFF(day, LAG(o.PlacedAt) OVER (PARTITION BY o.CustomerID ORDER BY o.PlacedAt, o.SalesOrderID), o.PlacedAt) AS DaysSinceLast,
       SUM(t.Goods) OVER (PARTITION BY o.CustomerID ORDER BY o.PlacedAt, o.SalesOrderID
                          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)                        AS RunningGoods,
       RANK() OVER (ORDER BY t.Goods DESC)                                                         AS SizeRank,
       NTILE(4) OVER (ORDER BY t.Goods, o.SalesOrderID)                                            AS SizeQuartile,
       FIRST_VALUE(o.Channel) OVER (PARTITION BY o.CustomerID ORDER BY o.PlacedAt, o.SalesOrderID) AS FirstChannel
FROM Sales.SalesOrder o
JOIN (SELECT SalesOrderID, SUM(LineTotal) AS Goods FROM Sales.SalesOrderLine GROUP BY SalesOrderID) AS t
    ON t.SalesOrderID = o.SalesOrderID
WHERE o.Status <> 'Cancelled'
GO

CREATE VIEW Sales.vMonthlyRevenueTrend
AS
WITH paid AS
(
    SELECT DATEFROMPARTS(YEAR(p.PaidAt), MONTH(p.PaidAt), 1) AS MonthStart, SUM(p.Amount) AS Amount, COUNT(*) AS Payments
    FROM Sales.Payment p
    GROUP BY DATEFROMPARTS(YEAR(p.PaidAt), MONTH(p.PaidAt), 1)
),
trend (MonthStart, Amount, Payments, Previous, YearToDate) AS
(
    SELECT MonthStart, Amount, Payments,
           LAG(Amount, 1, 0) OVER (ORDER BY MonthStart),
           SUM(Amount) OVER (PARTITION BY Sales.fnFiscalYear(MonthStart) ORDER BY MonthStart)
    FROM paid
)
SELECT Sales.fnFiscalYear(MonthStart) AS FiscalYear,
       MonthStart, Amount, Payments, YearToDate,
       Amount - Previous AS Change,
       CAST(100.0 * (Amount - Previous) / NULLIF(Previous, 0) AS decimal(9, 1)) AS ChangePct,
       AVG(Amount) OVER (ORDER BY MonthStart ROWS 2 PRECEDING) AS ThreeMonthAverage
FROM trend;
GO

CREATE VIEW [Catalog].vCategoryTree
AS
WITH tree AS (
    SELECT CategoryID, ParentCategoryID, Name, 0 AS Depth, CAST(Name AS nvarchar(400)) AS Path
    FROM [Catalog].Category
    WHERE ParentCategoryID IS NULL
    UNION ALL
    SELECT c.CategoryID, c.ParentCategoryID, c.Name, t.Depth + 1, CAST(t.Path + N' > ' + c.Name AS nvarchar(400))
    FROM [Catalog].Category c
    INNER JOIN tree t ON t.CategoryID = c.ParentCategoryID
)
SELECT CategoryID, ParentCategoryID, REPLICATE(N'  ', Depth) + Name AS IndentedName, Depth, Path,
       (SELECT COUNT(*) FROM [Catalog].Product p WHERE p.CategoryID = tree.CategoryID) AS Products
FROM tree
GO

-- Dearer than its neighbours, on the shelf, and nobody bought it in the last half year of trading.
CREATE VIEW [Catalog].vSlowProduct
AS
SELECT p.ProductID, p.SKU, p.Name, p.ListPrice,
       (SELECT MAX(o.OrderDate) FROM Sales.SalesOrder o JOIN Sales.SalesOrderLine l ON l.SalesOrderID = o.SalesOrderID
        WHERE l.ProductID = p.ProductID) AS LastSold
FROM [Catalog].Product p
WHERE p.ListPrice > (SELECT AVG(n.ListPrice) FROM [Catalog].Product n WHERE n.CategoryID = p.CategoryID)
  AND EXISTS (SELECT 1 FROM Inventory.StockLevel s WHERE s.ProductID = p.ProductID AND s.Available > 0)
  AND NOT EXISTS (
        SELECT *
        FROM Sales.SalesOrderLine l
        INNER JOIN Sales.SalesOrder o ON o.SalesOrderID = l.SalesOrderID
        WHERE l.ProductID = p.ProductID
          AND o.OrderDate > DATEADD(month, -6, (SELECT MAX(OrderDate) FROM Sales.SalesOrder)))
  AND p.ProductID NOT IN (SELECT ProductID FROM [Catalog].ProductTag pt JOIN [Catalog].Tag t ON t.TagID = pt.TagID WHERE t.Label = 'clearance')
GO

CREATE VIEW Inventory.vStockLedger
AS
SELECT 'MOVE' AS Source, m.MovementID AS SourceID, m.ProductID, m.LocationID, m.MovedAt AS HappenedAt, m.Quantity, m.Note
FROM Inventory.StockMovement m
WHERE m.MovementType IN ('rcv', 'rtn', 'adj')
UNION ALL
SELECT 'ORDER', l.SalesOrderID, l.ProductID, o.LocationID, CAST(o.PlacedAt AS datetime2(0)), -l.Quantity, NULL
FROM Sales.SalesOrderLine l
JOIN dbo.Orders o ON o.SalesOrderID = l.SalesOrderID
WHERE o.Status IN ('New', 'Picked')
UNION ALL
SELECT 'EXPECT', pl.PurchaseOrderID, pl.ProductID, po.LocationID, ISNULL(po.ExpectedOn, DATEADD(day, 28, po.OrderedOn)),
       pl.OrderedQuantity - pl.ReceivedQuantity, 'on order from ' + s.Name
FROM Inventory.PurchaseOrderLine pl
JOIN Inventory.PurchaseOrder po ON po.PurchaseOrderID = pl.PurchaseOrderID
JOIN [Catalog].Supplier s ON s.SupplierID = po.SupplierID
WHERE po.Status IN ('S', 'P');
GO

CREATE VIEW Sales.vCustomerLatestOrder
AS
SELECT c.CustomerID, c.DisplayName, latest.OrderNumber, latest.PlacedAt, latest.Status,
       dearest.ProductName, dearest.LineTotal, contact.Kind, contact.Value
FROM Sales.Customer AS c
CROSS APPLY (
    SELECT TOP 1 o.SalesOrderID, o.OrderNumber, o.PlacedAt, o.Status
    FROM Sales.SalesOrder o
    WHERE o.CustomerID = c.CustomerID
    ORDER BY o.PlacedAt DESC, o.SalesOrderID DESC
) AS latest
OUTER APPLY (
    SELECT TOP (1) d.ProductName, d.LineTotal
    FROM Sales.vOrderLineDetail AS d
    WHERE d.SalesOrderID = latest.SalesOrderID AND d.LineTotal >= 40
    ORDER BY d.LineTotal DESC, d.LineNumber
) AS dearest
CROSS APPLY (VALUES (N'email', CAST(c.Email AS nvarchar(120))), (N'phone', CAST(c.Phone AS nvarchar(120)))) AS contact (Kind, Value)
WHERE contact.Value IS NOT NULL;
GO

CREATE VIEW [Catalog].vProductTagList
AS
SELECT p.ProductID,
       UPPER(p.SKU) AS SKU,
       COUNT(*) AS Tags,
       STRING_AGG(t.Label, ', ') WITHIN GROUP (ORDER BY t.Label) AS TagList,
       STUFF((SELECT ' / ' + s.Name
              FROM [Catalog].ProductSupplier ps
              JOIN [Catalog].Supplier s ON s.SupplierID = ps.SupplierID
              WHERE ps.ProductID = p.ProductID
              ORDER BY ps.IsPreferred DESC, s.Name
              FOR XML PATH(''), TYPE).value('.', 'nvarchar(max)'), 1, 3, '') AS Suppliers,
       LEN(p.Name) AS NameLength,
       LEFT(p.SKU, 6) + '...' AS Family
FROM [Catalog].Product p
INNER JOIN [Catalog].ProductTag pt ON pt.ProductID = p.ProductID
INNER JOIN [Catalog].Tag t ON t.TagID = pt.TagID
GROUP BY p.ProductID, p.SKU, p.Name;
GO

CREATE VIEW Sales.vPaymentMethodByYear
AS
SELECT PaidYear,
       ISNULL([Card], 0) AS Card, ISNULL([PayPal], 0) AS PayPal, ISNULL([Cash], 0) AS Cash, ISNULL([Voucher], 0) AS Voucher, ISNULL([Account], 0) AS Account
FROM (SELECT YEAR(PaidAt) AS PaidYear, Method, Amount FROM Sales.Payment) AS src
PIVOT (SUM(Amount) FOR Method IN ([Card], [PayPal], [Cash], [Voucher], [Account])) AS pvt;
GO

-- Whole numbers divide to whole numbers, and the average of whole numbers is one too: both are meant here.
CREATE VIEW [Catalog].vTopPackedProduct
AS
SELECT TOP (20) WITH TIES
       p.ProductID,
       p.Name,
       p.CartonSize / p.PackSize                     AS PacksPerCarton,
       p.CartonSize % p.PackSize                     AS LooseUnits,
       SUM(l.Quantity)                               AS Units,
       SUM(l.Quantity) / p.CartonSize                AS FullCartons,
       1.0 * SUM(l.Quantity) / p.CartonSize          AS Cartons,
       AVG(l.Quantity)                               AS AverageQuantity,
       AVG(CAST(l.Quantity AS decimal(9, 2)))        AS ExactAverageQuantity,
       CAST(AVG(p.ListPrice) AS int)                 AS WholePounds
FROM [Catalog].Product p
JOIN Sales.SalesOrderLine l ON l.ProductID = p.ProductID
WHERE p.PackSize > 0
GROUP BY p.ProductID, p.Name, p.CartonSize, p.PackSize
ORDER BY SUM(l.Quantity) DESC
GO

CREATE VIEW Sales.vRevenueCube
AS
SELECT CASE WHEN GROUPING(loc.LocationType) = 1 THEN 'All' ELSE loc.LocationType END AS LocationType,
       CASE GROUPING(loc.Name) WHEN 1 THEN N'All' ELSE loc.Name END AS LocationName,
       YEAR(o.OrderDate) AS OrderYear,
       GROUPING_ID(loc.LocationType, loc.Name, YEAR(o.OrderDate)) AS Level,
       COUNT(DISTINCT o.SalesOrderID) AS Orders,
       SUM(l.LineTotal) AS Revenue
FROM Sales.SalesOrder o
JOIN Sales.SalesOrderLine l ON l.SalesOrderID = o.SalesOrderID
JOIN Inventory.Location loc ON loc.LocationID = o.LocationID
GROUP BY GROUPING SETS (ROLLUP (loc.LocationType, loc.Name), (YEAR(o.OrderDate)), (loc.LocationType, YEAR(o.OrderDate)));
GO

CREATE VIEW Sales.vProductSalesTotal
WITH SCHEMABINDING
AS
SELECT l.ProductID, SUM(l.LineTotal) AS Revenue, SUM(l.Quantity) AS Units, COUNT_BIG(*) AS Lines
FROM Sales.SalesOrderLine AS l
GROUP BY l.ProductID;
GO
CREATE UNIQUE CLUSTERED INDEX IX_vProductSalesTotal ON Sales.vProductSalesTotal (ProductID);
GO

-- Views on views: one line for each category with what the board wants to see.
CREATE VIEW Sales.vBoardSummary
AS
SELECT tree.Path,
       rev.Orders,
       rev.Revenue,
       CAST(rev.Revenue * 100 / SUM(rev.Revenue) OVER () AS decimal(5, 2)) AS SharePct,
       top1.Name AS BestProduct,
       slow.SlowProducts
FROM Sales.vCategoryRevenue rev
JOIN [Catalog].vCategoryTree tree ON tree.CategoryID = rev.CategoryID
OUTER APPLY (SELECT TOP 1 p.Name FROM Sales.vProductSalesTotal t JOIN [Catalog].vActiveProduct p ON p.ProductID = t.ProductID
             WHERE p.CategoryID = rev.CategoryID ORDER BY t.Revenue DESC, p.ProductID) top1
LEFT JOIN (SELECT pr.CategoryID, COUNT(*) AS SlowProducts FROM [Catalog].vSlowProduct sp
           JOIN [Catalog].Product pr ON pr.ProductID = sp.ProductID GROUP BY pr.CategoryID) slow ON slow.CategoryID = rev.CategoryID;
GO

------------------------------------------------------------------------------------------------
-- Procedures
------------------------------------------------------------------------------------------------
GO
/* A load: what should be ordered today. */
CREATE PROCEDURE Inventory.uspSuggestReorders
    @LocationID smallint = NULL
AS
BEGIN
    SET NOCOUNT ON;

    INSERT INTO Inventory.ReorderSuggestion (ProductID, LocationID, Quantity)
    SELECT s.ProductID,
           s.LocationID,
           CASE WHEN ps.MinimumOrder > s.ReorderPoint * 2 - s.Available THEN ps.MinimumOrder
                ELSE s.ReorderPoint * 2 - s.Available END
    FROM Inventory.StockLevel AS s
    INNER JOIN [Catalog].vActiveProduct AS p ON p.ProductID = s.ProductID
    INNER JOIN [Catalog].ProductSupplier AS ps ON ps.ProductID = s.ProductID AND ps.IsPreferred = 1
    WHERE s.Available <= s.ReorderPoint
      AND (@LocationID IS NULL OR s.LocationID = @LocationID)
      AND NOT EXISTS (SELECT 1 FROM Inventory.ReorderSuggestion r
                      WHERE r.ProductID = s.ProductID AND r.LocationID = s.LocationID
                        AND r.SuggestedOn = CAST(SYSDATETIME() AS date));

    RETURN @@ROWCOUNT;
END;
GO

-- Rebuilt from nothing every night.
CREATE PROC Sales.uspRefreshDailySales
AS
SET NOCOUNT ON

TRUNCATE TABLE Sales.DailySales

INSERT Sales.DailySales (SalesDate, LocationID, Orders, Units, NetAmount)
SELECT o.OrderDate, o.LocationID, COUNT(DISTINCT o.SalesOrderID), SUM(l.Quantity), SUM(l.LineTotal)
FROM Sales.SalesOrder o
JOIN Sales.SalesOrderLine l ON l.SalesOrderID = o.SalesOrderID
WHERE o.Status <> 'Cancelled'
GROUP BY o.OrderDate, o.LocationID
GO

CREATE PROCEDURE [Catalog].[uspMergeSupplierPrices]
	@MaxChangePct decimal(5, 2) = 25
AS
BEGIN
	SET NOCOUNT ON;
	DECLARE @Changes TABLE (ActionName nvarchar(10), ProductID int, SupplierID int, OldCost decimal(10, 4), NewCost decimal(10, 4));

	MERGE INTO [Catalog].[ProductSupplier] WITH (HOLDLOCK) AS target
	USING (
		SELECT p.ProductID, s.SupplierID, f.PartNo, f.UnitCost, f.LeadTimeDays, f.ReceivedAt
		FROM (
			SELECT SKU, SupplierCode, ISNULL(PartNo, SKU COLLATE DATABASE_DEFAULT) AS PartNo,
				TRY_CONVERT(decimal(10, 4), UnitCostText) AS UnitCost,
				COALESCE(TRY_CAST(NULLIF(LTRIM(RTRIM(LeadTimeText)), '') AS tinyint), 14) AS LeadTimeDays,
				ReceivedAt,
				ROW_NUMBER() OVER (PARTITION BY SKU, SupplierCode ORDER BY ReceivedAt DESC, FeedLine DESC) AS rn
			FROM [Catalog].[SupplierPriceFeed]
		) AS f
		INNER JOIN [Catalog].[Product] p ON p.SKU = f.SKU
		INNER JOIN [Catalog].[Supplier] s ON s.SupplierCode = f.SupplierCode
		WHERE f.rn = 1 AND f.UnitCost > 0
	) AS source
	ON target.ProductID = source.ProductID AND target.SupplierID = source.SupplierID
	WHEN MATCHED AND target.UnitCost <> source.UnitCost
		AND ABS(source.UnitCost - target.UnitCost) <= target.UnitCost * @MaxChangePct / 100 THEN
		UPDATE SET UnitCost = source.UnitCost, LeadTimeDays = source.LeadTimeDays, LastQuotedOn = source.ReceivedAt
	WHEN NOT MATCHED BY TARGET THEN
		INSERT (ProductID, SupplierID, SupplierPartNo, UnitCost, LeadTimeDays, LastQuotedOn)
		VALUES (source.ProductID, source.SupplierID, source.PartNo, source.UnitCost, source.LeadTimeDays, source.ReceivedAt)
	OUTPUT $action, inserted.ProductID, inserted.SupplierID, deleted.UnitCost, inserted.UnitCost
	INTO @Changes (ActionName, ProductID, SupplierID, OldCost, NewCost);

	SELECT ActionName, COUNT(*) AS [Rows], SUM(NewCost - OldCost) AS CostChange FROM @Changes GROUP BY ActionName;
END
GO

/* Slowly changing: close the row that no longer holds, then open the new one. */
CREATE PROCEDURE Sales.uspTrackCustomerHistory
    @AsOf date = NULL
AS
BEGIN
    SET NOCOUNT, XACT_ABORT ON;
    SET @AsOf = ISNULL(@AsOf, CAST(GETDATE() AS date));

    BEGIN TRANSACTION;

    UPDATE h
    SET    h.ValidTo = @AsOf, h.IsCurrent = 0
    FROM   Sales.CustomerHistory h
           INNER JOIN Sales.Customer c ON c.CustomerID = h.CustomerID
           LEFT JOIN Sales.CustomerAddress a ON a.CustomerID = c.CustomerID AND a.IsDefault = 1
    WHERE  h.IsCurrent = 1
      AND  h.ValidFrom < @AsOf
      AND  (ISNULL(h.TierCode, '') <> ISNULL(c.TierCode, '') OR ISNULL(h.City, N'') <> ISNULL(a.City, N''));

    INSERT INTO Sales.CustomerHistory (CustomerID, TierCode, City, ValidFrom, ValidTo, IsCurrent)
    SELECT c.CustomerID, c.TierCode, a.City, @AsOf, NULL, 1
    FROM   Sales.Customer c
           LEFT JOIN Sales.CustomerAddress a ON a.CustomerID = c.CustomerID AND a.IsDefault = 1
    WHERE  NOT EXISTS (SELECT 1 FROM Sales.CustomerHistory h WHERE h.CustomerID = c.CustomerID AND h.IsCurrent = 1);

    COMMIT TRANSACTION;
END;
GO

-- Three steps on temporary tables, then the answer.
CREATE PROCEDURE Sales.uspReportCustomerValue
    @MinOrders int = 1
AS
BEGIN
    SET NOCOUNT ON

    IF OBJECT_ID('tempdb..#orders') IS NOT NULL DROP TABLE #orders
    DROP TABLE IF EXISTS #value

    SELECT o.CustomerID, o.SalesOrderID, o.OrderDate, SUM(l.LineTotal) AS Goods
    INTO #orders
    FROM Sales.SalesOrder o
    JOIN Sales.SalesOrderLine l ON l.SalesOrderID = o.SalesOrderID
    WHERE o.Status <> 'Cancelled'
    GROUP BY o.CustomerID, o.SalesOrderID, o.OrderDate

    CREATE TABLE #returns (CustomerID int NOT NULL PRIMARY KEY, Refunded decimal(12, 2) NOT NULL)

    INSERT INTO #returns
    SELECT o.CustomerID, SUM(ISNULL(r.RefundAmount, 0))
    FROM Sales.ReturnRequest r
    JOIN Sales.SalesOrder o ON o.SalesOrderID = r.SalesOrderID
    GROUP BY o.CustomerID

    SELECT o.CustomerID, COUNT(*) AS Orders, SUM(o.Goods) AS Goods, MIN(o.OrderDate) AS FirstOrder, MAX(o.OrderDate) AS LastOrder
    INTO #value
    FROM #orders o
    GROUP BY o.CustomerID
    HAVING COUNT(*) >= @MinOrders

    SELECT v.CustomerID, c.DisplayName, v.Orders, v.Goods, ISNULL(r.Refunded, 0) AS Refunded, v.Goods - ISNULL(r.Refunded, 0) AS NetValue,
           Sales.fnLoyaltyPoints(v.Goods - ISNULL(r.Refunded, 0), c.TierCode) AS Points,
           DATEDIFF(month, v.FirstOrder, v.LastOrder) AS ActiveMonths
    FROM #value v
    JOIN Sales.Customer c ON c.CustomerID = v.CustomerID
    LEFT JOIN #returns r ON r.CustomerID = v.CustomerID
    ORDER BY NetValue DESC, v.CustomerID

    DROP TABLE #orders, #returns, #value
END
GO

CREATE PROCEDURE Sales.uspBuildProductMonth
AS
BEGIN
    SET NOCOUNT ON;
    DELETE FROM Sales.ProductMonth;

    INSERT INTO Sales.ProductMonth (MonthStart, ProductID, Units, NetAmount)
    SELECT DATEADD(month, DATEDIFF(month, 0, o.OrderDate), 0), l.ProductID, SUM(l.Quantity), SUM(l.LineTotal)
    FROM Sales.SalesOrder o
    JOIN Sales.SalesOrderLine l ON l.SalesOrderID = o.SalesOrderID
    WHERE o.Status <> 'Cancelled'
    GROUP BY DATEADD(month, DATEDIFF(month, 0, o.OrderDate), 0), l.ProductID;

    UPDATE pm
    SET ReturnUnits = r.Units
    FROM Sales.ProductMonth AS pm
    JOIN (SELECT l.ProductID, DATEADD(month, DATEDIFF(month, 0, rr.RequestedOn), 0) AS MonthStart, SUM(rr.Quantity) AS Units
          FROM Sales.ReturnRequest rr
          JOIN Sales.SalesOrderLine l ON l.SalesOrderID = rr.SalesOrderID AND l.LineNumber = rr.LineNumber
          GROUP BY l.ProductID, DATEADD(month, DATEDIFF(month, 0, rr.RequestedOn), 0)) AS r
      ON r.ProductID = pm.ProductID AND r.MonthStart = pm.MonthStart;

    UPDATE Sales.ProductMonth
    SET Band = CASE WHEN NetAmount >= 300 THEN 'A' WHEN NetAmount >= 100 THEN 'B' ELSE 'C' END,
        ReturnUnits = ISNULL(ReturnUnits, 0);

    DELETE Sales.ProductMonth WHERE Units = 0;
END;
GO

CREATE PROCEDURE [Sales].[uspReportSalesByPeriod]
	@From date,
	@To date = NULL,
	@Channel varchar(10) = 'WEB',
	@Total decimal(14, 2) OUTPUT
AS
BEGIN
	SET NOCOUNT ON
	IF @To IS NULL
		SET @To = EOMONTH(@From)
	IF @To < @From
	BEGIN
		RAISERROR('The period ends before it starts: %s', 16, 1, 'uspReportSalesByPeriod')
		RETURN -1
	END

	SELECT d.CategoryName, COUNT(DISTINCT d.SalesOrderID) AS Orders, SUM(d.Quantity) AS Units, SUM(d.LineTotal) AS Revenue
	FROM Sales.vOrderLineDetail AS d WITH (NOLOCK)
	WHERE d.OrderDate BETWEEN @From AND @To
		AND d.Channel = @Channel
		AND d.Status <> 'Cancelled'
	GROUP BY d.CategoryName
	ORDER BY Revenue DESC

	SELECT @Total = SUM(LineTotal)
	FROM Sales.vOrderLineDetail
	WHERE OrderDate BETWEEN @From AND @To AND Channel = @Channel AND Status <> 'Cancelled'

	RETURN 0
END
GO

-- Lets a shop have what the warehouse can spare, row by row, as the rule depends on what is left.
CREATE PROCEDURE Inventory.uspReallocateStock
    @LocationID smallint,
    @Moved int = 0 OUTPUT
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @ProductID int, @Need int, @Spare int, @Now datetime2(0) = SYSUTCDATETIME();
    SET @Moved = 0;

    DECLARE needy CURSOR LOCAL FAST_FORWARD FOR
        SELECT ProductID, ReorderPoint - Available
        FROM Inventory.StockLevel
        WHERE LocationID = @LocationID AND Available < ReorderPoint
        ORDER BY Available, ProductID;

    OPEN needy;
    FETCH NEXT FROM needy INTO @ProductID, @Need;
    WHILE @@FETCH_STATUS = 0
    BEGIN
        SET @Spare = 0;
        SELECT @Spare = Available - ReorderPoint FROM Inventory.StockLevel WHERE ProductID = @ProductID AND LocationID = 70;

        IF @Spare <= 0 GOTO NextProduct;
        IF @Need > @Spare SET @Need = @Spare;

        UPDATE Inventory.StockLevel SET QuantityOnHand -= @Need WHERE ProductID = @ProductID AND LocationID = 70;
        UPDATE Inventory.StockLevel SET QuantityOnHand += @Need WHERE ProductID = @ProductID AND LocationID = @LocationID;
        INSERT INTO Inventory.StockMovement (ProductID, LocationID, MovedAt, MovementType, Quantity, Note)
        VALUES (@ProductID, 70, @Now, 'TRF', -@Need, 'reallocated'), (@ProductID, @LocationID, @Now, 'TRF', @Need, 'reallocated');
        SET @Moved += @Need;

        NextProduct:
        FETCH NEXT FROM needy INTO @ProductID, @Need;
    END;
    CLOSE needy;
    DEALLOCATE needy;
END;
GO

CREATE PROCEDURE [Catalog].uspSearchProducts
    @Text       nvarchar(100) = NULL,
    @CategoryID int = NULL,
    @MaxPrice   money = NULL,
    @OrderBy    sysname = N'Name'
AS
BEGIN
    SET NOCOUNT ON;

    IF @OrderBy NOT IN (N'Name', N'ListPrice', N'LaunchedOn') SET @OrderBy = N'Name';

    DECLARE @sql nvarchar(max) = N'
SELECT ProductID, SKU, Name, ListPrice
FROM [Catalog].vActiveProduct
WHERE 1 = 1';

    IF @Text IS NOT NULL       SET @sql += N' AND (Name LIKE N''%'' + @Text + N''%'' OR SKU = @Text)';
    IF @CategoryID IS NOT NULL SET @sql += N' AND CategoryID = @CategoryID';
    IF @MaxPrice IS NOT NULL   SET @sql += N' AND ListPrice <= @MaxPrice';

    SET @sql = @sql + N' ORDER BY ' + QUOTENAME(@OrderBy) + N', ProductID;';

    EXEC sys.sp_executesql @sql,
        N'@Text nvarchar(100), @CategoryID int, @MaxPrice money',
        @Text = @Text, @CategoryID = @CategoryID, @MaxPrice = @MaxPrice;
END;
GO

CREATE OR ALTER PROCEDURE Sales.uspPlaceOrder
    @CustomerID   int,
    @LocationID   smallint,
    @Basket       Sales.BasketLine READONLY,
    @SalesOrderID int OUTPUT
AS
BEGIN
    SET NOCOUNT ON;
    SET XACT_ABORT OFF;

    IF NOT EXISTS (SELECT * FROM @Basket)
        THROW 50001, N'The basket is empty.', 1;

    BEGIN TRY
        BEGIN TRAN;

        INSERT INTO Sales.SalesOrder (CustomerID, LocationID, Channel, PlacedAt)
        VALUES (@CustomerID, @LocationID, CASE WHEN @LocationID = 80 THEN 'WEB' ELSE 'SHOP' END, SYSDATETIMEOFFSET());

        SET @SalesOrderID = SCOPE_IDENTITY();

        INSERT INTO Sales.SalesOrderLine (SalesOrderID, LineNumber, ProductID, Quantity, UnitPrice, DiscountPct)
        SELECT @SalesOrderID, ROW_NUMBER() OVER (ORDER BY b.ProductID), b.ProductID, b.Quantity, p.ListPrice, ISNULL(b.DiscountPct, 0)
        FROM @Basket b
        JOIN [Catalog].Product p ON p.ProductID = b.ProductID;

        UPDATE s
        SET QuantityReserved = s.QuantityReserved + b.Quantity
        OUTPUT inserted.ProductID, deleted.QuantityReserved AS ReservedBefore, inserted.QuantityReserved
        FROM Inventory.StockLevel s
        JOIN @Basket b ON b.ProductID = s.ProductID
        WHERE s.LocationID = CASE @LocationID WHEN 80 THEN 70 ELSE @LocationID END;

        COMMIT TRAN;
    END TRY
    BEGIN CATCH
        IF @@TRANCOUNT > 0
            ROLLBACK TRAN;

        INSERT INTO dbo.AuditLog (TableName, Action, Details)
        VALUES (N'Sales.SalesOrder', 'I', (SELECT ERROR_NUMBER() AS [@number], ERROR_MESSAGE() AS [text()] FOR XML PATH('error')));

        THROW;
    END CATCH
END;
GO

/* House-keeping only: no row of the business changes here. */
CREATE PROCEDURE dbo.uspMaintainIndexes
    @MinFragmentation float = 30,
    @PrintOnly bit = 1
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @statement nvarchar(1000);

    DECLARE work CURSOR LOCAL STATIC READ_ONLY FOR
        SELECT N'ALTER INDEX ' + QUOTENAME(i.name) + N' ON ' + QUOTENAME(s.name) + N'.' + QUOTENAME(o.name) + N' REORGANIZE;'
        FROM sys.dm_db_index_physical_stats(DB_ID(), NULL, NULL, NULL, 'LIMITED') ps
        JOIN sys.indexes i ON i.object_id = ps.object_id AND i.index_id = ps.index_id
        JOIN sys.objects o ON o.object_id = i.object_id
        JOIN sys.schemas s ON s.schema_id = o.schema_id
        WHERE ps.avg_fragmentation_in_percent >= @MinFragmentation AND i.name IS NOT NULL;

    OPEN work;
    WHILE 1 = 1
    BEGIN
        FETCH NEXT FROM work INTO @statement;
        IF @@FETCH_STATUS <> 0 BREAK;
        IF @PrintOnly = 1 PRINT @statement ELSE EXEC (@statement);
    END
    CLOSE work; DEALLOCATE work;

    UPDATE STATISTICS Sales.SalesOrder WITH FULLSCAN;
    EXEC sp_updatestats;
END;
GO

------------------------------------------------------------------------------------------------
-- Triggers
------------------------------------------------------------------------------------------------
GO
CREATE TRIGGER Sales.trSalesOrder_Touch ON Sales.SalesOrder
AFTER INSERT, UPDATE
AS
BEGIN
    IF @@ROWCOUNT = 0 RETURN;
    SET NOCOUNT ON;

    IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;

    UPDATE o
    SET    o.LastModified = GETDATE(),
           o.ShippedDate  = CASE WHEN i.Status = 'Shipped' AND o.ShippedDate IS NULL THEN GETDATE() ELSE o.ShippedDate END
    FROM   Sales.SalesOrder o
    INNER JOIN inserted i ON i.SalesOrderID = o.SalesOrderID;
END;
GO

-- The call centre edits the view; what it may change goes to the table behind.
CREATE TRIGGER Sales.trCustomerContact_Update ON Sales.vCustomerContact
INSTEAD OF UPDATE
AS
BEGIN
    SET NOCOUNT ON;

    IF UPDATE(Tier) OR UPDATE(Country)
        THROW 50002, N'Tier and country cannot be changed here.', 1;

    UPDATE c
    SET    Email = i.Email, Phone = i.Phone, MarketingOptIn = i.MarketingOptIn
    FROM   Sales.Customer c JOIN inserted i ON i.CustomerID = c.CustomerID;
END
GO

CREATE TRIGGER [Catalog].[trProduct_Audit]
   ON  [Catalog].[Product]
   FOR UPDATE, DELETE
AS
BEGIN
	SET NOCOUNT ON;

	INSERT INTO dbo.AuditLog (TableName, Action, Details)
	SELECT N'Catalog.Product', CASE WHEN EXISTS (SELECT * FROM inserted) THEN 'U' ELSE 'D' END,
		(SELECT d.ProductID AS [@id], d.ListPrice AS [was/listPrice], i.ListPrice AS [now/listPrice],
			d.DiscontinuedOn AS [was/discontinuedOn], i.DiscontinuedOn AS [now/discontinuedOn]
		 FOR XML PATH('change'), TYPE)
	FROM deleted d
	LEFT JOIN inserted i ON i.ProductID = d.ProductID
END
GO

------------------------------------------------------------------------------------------------
-- Descriptions
------------------------------------------------------------------------------------------------
GO
EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'Home goods: shops, web shop, warehouse, staff';
EXEC sys.sp_addextendedproperty N'Owner', N'Data team, Hull';
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What a member of staff works for; each has one cost centre.' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Department'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Titles with their grade and salary band.' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'JobTitle'
GO
EXECUTE sys.sp_addextendedproperty N'MS_Description', N'Everyone who works or has worked here, with the manager they report to.', N'SCHEMA', N'People', N'TABLE', N'Employee', NULL, NULL;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Shops, the warehouse and the web shop: wherever something can be sold or kept.' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'Location'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Who changed what; written by triggers only.' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'AuditLog'
GO
EXEC sp_addextendedproperty N'MS_Description', N'Countries that we sell to or buy from.', 'SCHEMA', Sales, 'TABLE', Country;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'The category tree of the shops; a root has no parent.' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Category'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Brands, ours and others''.' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Brand'
GO
EXECUTE sys.sp_addextendedproperty N'MS_Description', N'Companies that we buy from.', N'SCHEMA', N'Catalog', N'TABLE', N'Supplier', NULL, NULL;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'One row for each thing that can be sold, discontinued ones included.' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Which supplier can deliver a product, and for how much.' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'ProductSupplier'
GO
EXEC sp_addextendedproperty N'MS_Description', N'The price of a product in a currency; system-versioned.', 'SCHEMA', Catalog, 'TABLE', ProductPrice;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Prices that no longer hold.' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'ProductPriceHistory'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Labels for the web shop''s filters.' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Tag'
GO
EXECUTE sys.sp_addextendedproperty N'MS_Description', N'The labels of each product.', N'SCHEMA', N'Catalog', N'TABLE', N'ProductTag', NULL, NULL;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Price lists as the suppliers sent them, not yet checked.' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'SupplierPriceFeed'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Steps of the loyalty scheme.' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'LoyaltyTier'
GO
EXEC sp_addextendedproperty N'MS_Description', N'Vouchers with their period; codes are case-sensitive.', 'SCHEMA', Sales, 'TABLE', Promotion;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'People and trade customers.' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'Customer'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Where a customer wants parcels; at most one address is the default.' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'CustomerAddress'
GO
EXECUTE sys.sp_addextendedproperty N'MS_Description', N'An order, whether from the till, the web shop or the telephone.', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', NULL, NULL;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What was ordered, and what it cost on that day.' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'SalesOrderLine'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Money in, and with a minus sign money back.' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'Payment'
GO
EXEC sp_addextendedproperty N'MS_Description', N'Goods that came back or are about to.', 'SCHEMA', Sales, 'TABLE', ReturnRequest;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Tier and town of a customer over time, one row a period.' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'CustomerHistory'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Sales by day and location, rebuilt every night.' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'DailySales'
GO
EXECUTE sys.sp_addextendedproperty N'MS_Description', N'Sales and returns by month and product, with an ABC band.', N'SCHEMA', N'Sales', N'TABLE', N'ProductMonth', NULL, NULL;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Places within a location.' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'Bin'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What lies where, as counted and booked.' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'StockLevel'
GO
EXEC sp_addextendedproperty N'MS_Description', N'Orders to suppliers.', 'SCHEMA', Inventory, 'TABLE', PurchaseOrder;
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What was ordered from a supplier and what arrived of it.' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'PurchaseOrderLine'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Every change of stock, signed.' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'StockMovement'
GO
EXECUTE sys.sp_addextendedproperty N'MS_Description', N'What the nightly run would order.', N'SCHEMA', N'Inventory', N'TABLE', N'ReorderSuggestion', NULL, NULL;
EXEC sys.sp_addextendedproperty
    @name = N'MS_Description', @value = N'Order lines with everything that a report needs beside them.',
    @level0type = N'SCHEMA', @level0name = N'Sales',
    @level1type = N'VIEW',   @level1name = N'vOrderLineDetail';
EXEC sys.sp_addextendedproperty
    @name = N'MS_Description', @value = N'Revenue by category for the board meeting.',
    @level0type = N'SCHEMA', @level0name = N'Sales',
    @level1type = N'VIEW',   @level1name = N'vBoardSummary';
EXEC sys.sp_addextendedproperty
    @name = N'MS_Description', @value = N'Booked, promised and expected stock in one list.',
    @level0type = N'SCHEMA', @level0name = N'Inventory',
    @level1type = N'VIEW',   @level1name = N'vStockLedger';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Year of account of a day; the year starts on 1 February.', N'SCHEMA', N'Sales', N'FUNCTION', N'fnFiscalYear';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Places an order from a basket, all of it or nothing.', N'SCHEMA', N'Sales', N'PROCEDURE', N'uspPlaceOrder';
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'CC and four digits, as in the general ledger' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Department', @level2type=N'COLUMN',@level2name=N'CostCentre'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'1 to 9' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'JobTitle', @level2type=N'COLUMN',@level2name=N'Grade'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'For display; not unique' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Employee', @level2type=N'COLUMN',@level2name=N'FullName'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Empty for the managing director only' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Employee', @level2type=N'COLUMN',@level2name=N'ManagerID'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Last day of work; empty while employed' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Employee', @level2type=N'COLUMN',@level2name=N'EndDate'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Yearly, before tax, in GBP' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Employee', @level2type=N'COLUMN',@level2name=N'Salary'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Hours a week' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Employee', @level2type=N'COLUMN',@level2name=N'ContractHours'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What the door reader sees' , @level0type=N'SCHEMA',@level0name=N'People', @level1type=N'TABLE',@level1name=N'Employee', @level2type=N'COLUMN',@level2name=N'BadgeCode'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Short name on labels' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'Location', @level2type=N'COLUMN',@level2name=N'Code'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Local time; empty where no customer walks in' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'Location', @level2type=N'COLUMN',@level2name=N'OpensAt'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'May be entered before the employee exists' , @level0type=N'SCHEMA',@level0name=N'Inventory', @level1type=N'TABLE',@level1name=N'Location', @level2type=N'COLUMN',@level2name=N'ManagerID'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Standard rate in per cent' , @level0type=N'SCHEMA',@level0name=N'Sales', @level1type=N'TABLE',@level1name=N'Country', @level2type=N'COLUMN',@level2name=N'VatRate'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'The category above; empty for a root' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Category', @level2type=N'COLUMN',@level2name=N'ParentCategoryID'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'As the supplier writes it: case does not matter' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Supplier', @level2type=N'COLUMN',@level2name=N'SupplierCode'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'1 (avoid) to 5 (rely on)' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Supplier', @level2type=N'COLUMN',@level2name=N'Rating'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'HV-, three letters, a dash and three digits: case does not matter' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product', @level2type=N'COLUMN',@level2name=N'SKU'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'In GBP with VAT' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product', @level2type=N'COLUMN',@level2name=N'ListPrice'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'In GBP, landed' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product', @level2type=N'COLUMN',@level2name=N'StandardCost'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'List price less standard cost' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product', @level2type=N'COLUMN',@level2name=N'Margin'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Of the packed product' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product', @level2type=N'COLUMN',@level2name=N'VolumeLitres'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Only for what carries a warranty' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product', @level2type=N'COLUMN',@level2name=N'WarrantyMonths'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Free-form facts for the web shop' , @level0type=N'SCHEMA',@level0name=N'Catalog', @level1type=N'TABLE',@level1name=N'Product', @level2type=N'COLUMN',@level2name=N'Attributes'
GO
EXEC sys.sp_addextendedproperty N'MS_Description', N'For the till''s optimistic locking', N'SCHEMA', N'Catalog', N'TABLE', N'Product', N'COLUMN', N'RowVersion';
EXEC sys.sp_addextendedproperty N'MS_Description', N'In GBP at the last quotation', N'SCHEMA', N'Catalog', N'TABLE', N'ProductSupplier', N'COLUMN', N'UnitCost';
EXEC sys.sp_addextendedproperty N'MS_Description', N'The one that reorders go to', N'SCHEMA', N'Catalog', N'TABLE', N'ProductSupplier', N'COLUMN', N'IsPreferred';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Why the price became what it is', N'SCHEMA', N'Catalog', N'TABLE', N'ProductPrice', N'COLUMN', N'Reason';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Ought to be a number', N'SCHEMA', N'Catalog', N'TABLE', N'SupplierPriceFeed', N'COLUMN', N'UnitCostText';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Yearly spend in GBP that earns the tier', N'SCHEMA', N'Sales', N'TABLE', N'LoyaltyTier', N'COLUMN', N'MinSpend';
EXEC sys.sp_addextendedproperty N'MS_Description', N'P: person, T: trade', N'SCHEMA', N'Sales', N'TABLE', N'Customer', N'COLUMN', N'CustomerType';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Company, or first and last name', N'SCHEMA', N'Sales', N'TABLE', N'Customer', N'COLUMN', N'DisplayName';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Empty until the first purchase with a card', N'SCHEMA', N'Sales', N'TABLE', N'Customer', N'COLUMN', N'TierCode';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Trade customers only, in GBP', N'SCHEMA', N'Sales', N'TABLE', N'Customer', N'COLUMN', N'CreditLimit';
EXEC sys.sp_addextendedproperty N'MS_Description', N'The customer who brought this one', N'SCHEMA', N'Sales', N'TABLE', N'Customer', N'COLUMN', N'ReferredByID';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Used when an order names no address', N'SCHEMA', N'Sales', N'TABLE', N'CustomerAddress', N'COLUMN', N'IsDefault';
EXEC sys.sp_addextendedproperty N'MS_Description', N'What the customer sees', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', N'COLUMN', N'OrderNumber';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Where it was sold; 80 is the web shop', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', N'COLUMN', N'LocationID';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Who served; empty on the web', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', N'COLUMN', N'SalespersonID';
EXEC sys.sp_addextendedproperty N'MS_Description', N'With the customer''s own offset', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', N'COLUMN', N'PlacedAt';
EXEC sys.sp_addextendedproperty N'MS_Description', N'The day by the customer''s own clock', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', N'COLUMN', N'OrderDate';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Leaves the building; at the till it is the time of sale', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', N'COLUMN', N'ShippedDate';
EXEC sys.sp_addextendedproperty N'MS_Description', N'In GBP', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrder', N'COLUMN', N'ShippingFee';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Before discount, in GBP with VAT', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrderLine', N'COLUMN', N'UnitPrice';
EXEC sys.sp_addextendedproperty N'MS_Description', N'0 to 60', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrderLine', N'COLUMN', N'DiscountPct';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Rounded to the penny on each line', N'SCHEMA', N'Sales', N'TABLE', N'SalesOrderLine', N'COLUMN', N'LineTotal';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Negative when money goes back', N'SCHEMA', N'Sales', N'TABLE', N'Payment', N'COLUMN', N'Amount';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Last four digits; nothing more of a card is kept', N'SCHEMA', N'Sales', N'TABLE', N'Payment', N'COLUMN', N'CardLast4';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Empty until it is resolved', N'SCHEMA', N'Sales', N'TABLE', N'ReturnRequest', N'COLUMN', N'RefundAmount';
EXEC sys.sp_addextendedproperty N'MS_Description', N'First day on which it no longer held; empty while it holds', N'SCHEMA', N'Sales', N'TABLE', N'CustomerHistory', N'COLUMN', N'ValidTo';
EXEC sys.sp_addextendedproperty N'MS_Description', N'A from 300, B from 100, else C', N'SCHEMA', N'Sales', N'TABLE', N'ProductMonth', N'COLUMN', N'Band';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Promised to orders that have not left', N'SCHEMA', N'Inventory', N'TABLE', N'StockLevel', N'COLUMN', N'QuantityReserved';
EXEC sys.sp_addextendedproperty N'MS_Description', N'On hand and not promised', N'SCHEMA', N'Inventory', N'TABLE', N'StockLevel', N'COLUMN', N'Available';
EXEC sys.sp_addextendedproperty N'MS_Description', N'D: draft, S: sent, P: partly received, C: complete, X: cancelled', N'SCHEMA', N'Inventory', N'TABLE', N'PurchaseOrder', N'COLUMN', N'Status';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Received and not rejected', N'SCHEMA', N'Inventory', N'TABLE', N'PurchaseOrderLine', N'COLUMN', N'StockedQuantity';
EXEC sys.sp_addextendedproperty N'MS_Description', N'RCV receipt, SAL sale, RTN return, TRF transfer, ADJ adjustment', N'SCHEMA', N'Inventory', N'TABLE', N'StockMovement', N'COLUMN', N'MovementType';
EXEC sys.sp_addextendedproperty N'MS_Description', N'Signed: out is negative', N'SCHEMA', N'Inventory', N'TABLE', N'StockMovement', N'COLUMN', N'Quantity';
GO

------------------------------------------------------------------------------------------------
-- Who may do what
------------------------------------------------------------------------------------------------

CREATE ROLE ReportReader AUTHORIZATION dbo;
CREATE ROLE TillOperator;
GO
CREATE USER ReportService WITHOUT LOGIN WITH DEFAULT_SCHEMA = Sales;
ALTER ROLE ReportReader ADD MEMBER ReportService;
GO
GRANT SELECT ON SCHEMA::Sales TO ReportReader;
GRANT SELECT ON SCHEMA::[Catalog] TO ReportReader
GRANT SELECT ON OBJECT::Inventory.vStockLedger TO ReportReader;
GRANT EXECUTE ON Sales.uspReportSalesByPeriod TO ReportReader;
DENY SELECT ON Sales.Payment (CardLast4) TO ReportReader;
DENY SELECT ON OBJECT::Sales.Customer (BirthDate, Notes) TO ReportReader;
GRANT EXECUTE ON Sales.uspPlaceOrder TO TillOperator;
GRANT EXECUTE ON TYPE::Sales.BasketLine TO TillOperator;
GRANT SELECT, INSERT, UPDATE ON Sales.Payment TO TillOperator WITH GRANT OPTION;
REVOKE INSERT ON Sales.Payment FROM TillOperator CASCADE;
GO
